using System.Collections.Concurrent;
using System.Text;

namespace Gantry.Relay.Tests;

/// <summary>Our listener with senders that keep their connection for more messages, and both ends through the embedded relay.</summary>
public sealed class ManyMessagesTests : Conversation
{
    private const string Many = "gantry.messages";
    private const string AsksForMany = """ "Sec-WebSocket-Protocol":"gantry.messages" """;

    [Fact]
    public async Task A_sender_that_asks_for_it_says_more_than_one_thing()
    {
        await using var listener = Listener();
        var control = await (await Service.NextAsync()).LetInAsync();
        var meeting = await MeetAsync(control, "one", AsksForMany);

        for (var number = 0; number < 3; number++)
        {
            await meeting.SaysAsync($"hello {number}");
            Assert.Equal($"re: hello {number}", await meeting.HearsAsync());
        }
        await meeting.LeavesAsync();

        Assert.Equal("close 1000", await meeting.HearsAsync());
        Assert.Equal((3, 0), (listener.Status.Answered, listener.Status.Failed));
    }

    [Fact]
    public async Task A_sender_that_keeps_its_connection_and_says_nothing_more_is_left_after_a_while()
    {
        await using var listener = Listener(configure: options => options with { IdleTimeout = TimeSpan.FromSeconds(19) });
        var control = await (await Service.NextAsync()).LetInAsync();
        var meeting = await MeetAsync(control, "one", AsksForMany);
        await meeting.SaysAsync("hello");
        await meeting.HearsAsync();

        await Time.PassAsync(TimeSpan.FromSeconds(19));

        Assert.Equal("gone", await meeting.HearsAsync());
        Assert.Equal(0, listener.Status.Failed);
    }

    [Fact]
    public async Task A_kept_connection_takes_nobody_s_turn()
    {
        await using var listener = Listener(configure: options => options with { MaximumConnections = 1, MaximumWaiting = 0 });
        var control = await (await Service.NextAsync()).LetInAsync();
        var kept = await MeetAsync(control, "one", AsksForMany);
        await kept.SaysAsync("hello");
        Assert.Equal("re: hello", await kept.HearsAsync());
        // The turn is given back after the reply, which is a moment later
        while (listener.Status.Connections - listener.Status.Idle > 0)
            await Task.Yield();

        var other = await MeetAsync(control, "two", "");
        await other.SaysAsync("and me?");
        Assert.Equal("re: and me?", await other.HearsAsync());
        await other.LeavesAsync();
        await kept.SaysAsync("still here");
        Assert.Equal("re: still here", await kept.HearsAsync());
        await kept.LeavesAsync();
    }

    [Fact]
    public async Task More_than_may_be_kept_are_closed_after_their_reply()
    {
        await using var listener = Listener(configure: options => options with { MaximumIdle = 0 });
        var control = await (await Service.NextAsync()).LetInAsync();
        var meeting = await MeetAsync(control, "one", AsksForMany);
        await meeting.SaysAsync("hello");

        Assert.Equal("re: hello", await meeting.HearsAsync());
        Assert.Equal("close 1000", await meeting.HearsAsync());
        await meeting.LeavesAsync();
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_senders_that_say_nothing()
    {
        var listener = Listener();
        var control = await (await Service.NextAsync()).LetInAsync();
        var meeting = await MeetAsync(control, "one", AsksForMany);
        await meeting.SaysAsync("hello");
        await meeting.HearsAsync();

        var stopping = listener.StopAsync(TimeSpan.FromHours(1));
        Assert.Equal("close 1000", await control.HearsAsync());
        await control.LeavesAsync();

        await stopping.Soon();
        Assert.Equal("gone", await meeting.HearsAsync());
    }

    [Fact]
    public async Task Thousands_of_messages_go_through_the_embedded_relay_on_few_connections_each_with_its_own_reply()
    {
        await using var host = await RelayHost.StartAsync();
        var heard = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await using var listener = await host.ListenAsync((message, token) =>
        {
            heard.AddOrUpdate(Encoding.UTF8.GetString(message.Body.Span), 1, (_, times) => times + 1);
            return RelayHost.Repeat(message, token);
        });
        await using var messenger = new RelayMessenger(new() { Endpoint = host.Endpoint() });

        await Parallel.ForEachAsync(Enumerable.Range(0, 3000), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, token) =>
            Assert.Equal($"re: {number}", Text(await messenger.SendAsync(Bytes($"{number}"), token).Soon())));

        Assert.Equal(3000, heard.Count);
        Assert.All(heard.Values, times => Assert.Equal(1, times));
        // 500 on each connection, and a few more where one was not given back yet
        Assert.InRange(host.Relay.Status.Single().Relayed, 6, 60);
    }

    [Fact]
    public async Task A_listener_that_comes_in_the_place_of_another_gets_what_is_sent_from_then_on()
    {
        await using var host = await RelayHost.StartAsync();
        await using var messenger = new RelayMessenger(new() { Endpoint = host.Endpoint() });
        var first = await host.ListenAsync();
        Assert.Equal("re: 1", Text(await messenger.SendAsync(Bytes("1")).Soon()));
        await first.StopAsync(TimeSpan.Zero);
        await first.DisposeAsync();
        await using var second = await host.ListenAsync();

        Assert.Equal("re: 2", Text(await messenger.SendAsync(Bytes("2")).Soon()));
    }

    private async Task<RawPeer> MeetAsync(RawPeer control, string id, string headers)
    {
        await control.SaysAsync(Accept(id, headers));
        var arrival = await Service.NextAsync();
        Assert.Equal(headers.Length > 0 ? [Many] : [], arrival.Protocols);
        return await arrival.LetInAsync(headers.Length > 0 ? Many : null);
    }
}
