namespace Gantry.Relay.Tests;

/// <summary>A link that is open may be dead all the same: only traffic shows it.</summary>
public sealed class EchoConversationTests : Conversation
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    private RelayListener Proving() => Listener(configure: options => options with
    {
        EchoAfterSilence = Silence,
        EchoTimeout = TimeSpan.FromSeconds(21),
        FirstPause = TimeSpan.Zero,
    });

    [Fact]
    public async Task An_echo_that_comes_back_shows_that_the_link_is_alive()
    {
        await using var listener = Proving();
        var control = await (await Service.NextAsync()).LetInAsync();

        await Time.PassAsync(Silence);
        var echo = await Service.NextAsync();
        Assert.Equal("connect", echo["sb-hc-action"]);
        var sender = await echo.LetInAsync();
        await control.SaysAsync(Accept(echo["sb-hc-id"]));
        var meeting = await (await Service.NextAsync()).LetInAsync();
        var message = await sender.HearsAsync();
        await meeting.SaysAsync(message);
        var reply = await meeting.HearsAsync();
        Assert.StartsWith("""{"status":"echo","payload":""", reply, StringComparison.Ordinal);
        await sender.SaysAsync(reply);
        Assert.Equal("close 1000", await meeting.HearsAsync());
        await meeting.LeavesAsync();
        Assert.Equal("close 1000", await sender.HearsAsync());
        await sender.LeavesAsync();

        // Quiet again for as long, and the next echo is under way on the same registration
        await Time.PassAsync(Silence);
        Assert.Equal("connect", (await Service.NextAsync())["sb-hc-action"]);
        Assert.Equal((1, 0), (listener.Status.Registrations, listener.Status.Zombies));
    }

    [Fact]
    public async Task An_echo_that_is_refused_shows_a_zombie_and_it_registers_again()
    {
        await using var listener = Proving();
        var control = await (await Service.NextAsync()).LetInAsync();

        await Time.PassAsync(Silence);
        (await Service.NextAsync()).Refuse(404, "There are no listeners connected for the endpoint");

        Assert.Equal("close 1000", await control.HearsAsync());
        await control.LeavesAsync();
        var again = await Service.NextAsync();
        Assert.Equal("listen", again["sb-hc-action"]);
        await again.LetInAsync();
        Assert.Equal(1, listener.Status.Zombies);
        Assert.Contains("did not come back", listener.Status.LastFailure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_echo_that_is_lost_shows_a_zombie()
    {
        await using var listener = Proving();
        var control = await (await Service.NextAsync()).LetInAsync();

        await Time.PassAsync(Silence);
        await (await Service.NextAsync()).LetInAsync();
        await Time.PassAsync(TimeSpan.FromSeconds(21));

        Assert.Equal("close 1000", await control.HearsAsync());
        await control.LeavesAsync();
        Assert.Equal("listen", (await Service.NextAsync())["sb-hc-action"]);
    }

    [Fact]
    public async Task Echoes_that_only_others_answer_do_not_count()
    {
        await using var listener = Proving();
        var control = await (await Service.NextAsync()).LetInAsync();

        await Time.PassAsync(Silence);
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var other = await (await Service.NextAsync()).LetInAsync();
            await other.HearsAsync();
            await other.SaysAsync("""{"status":"echo"}""");
            Assert.Equal("close 1000", await other.HearsAsync());
            await other.LeavesAsync();
        }

        Assert.Equal("close 1000", await control.HearsAsync());
        Assert.Equal(1, listener.Status.Zombies);
        await control.LeavesAsync();
    }

    [Fact]
    public async Task While_senders_come_no_echo_is_needed()
    {
        await using var listener = Proving();
        var control = await (await Service.NextAsync()).LetInAsync();
        await listener.WaitUntilRegisteredAsync().Soon();

        Time.Advance(TimeSpan.FromMinutes(2));
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();
        await meeting.SaysAsync("hello");
        await meeting.HearsAsync();
        await meeting.LeavesAsync();

        // The first look falls due and sees that two of the three minutes are left
        await Time.PassAsync(TimeSpan.FromMinutes(1));
        await Time.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("connect", (await Service.NextAsync())["sb-hc-action"]);
        Assert.True(Service.NobodyKnocks);
    }
}
