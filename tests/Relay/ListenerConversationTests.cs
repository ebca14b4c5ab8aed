using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Gantry.Relay.Tests;

/// <summary>Our listener with a service that keeps to the protocol guide, word for word.</summary>
public sealed class ListenerConversationTests : Conversation
{
    [Fact]
    public async Task It_registers_takes_a_sender_answers_and_leaves()
    {
        var listener = Listener();
        var registration = await Service.NextAsync();
        Assert.Equal("/$hc/gateway", registration.Path);
        Assert.Equal("listen", registration["sb-hc-action"]);
        Assert.True(SharedAccessSignature.TryParse(registration["sb-hc-token"])!.IsSignedBy("secret"));
        var control = await registration.LetInAsync();

        await control.SaysAsync(Accept("one"));
        var arrival = await Service.NextAsync();
        Assert.Equal("/$hc/gateway?sb-hc-action=accept&sb-hc-id=one", arrival.Asks);
        var meeting = await arrival.LetInAsync();
        await meeting.SaysAsync("hello");
        Assert.Equal("re: hello", await meeting.HearsAsync());
        Assert.Equal("close 1000", await meeting.HearsAsync());
        await meeting.LeavesAsync();

        var stopping = listener.StopAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("close 1000", await control.HearsAsync());
        await control.LeavesAsync();
        await stopping.Soon();
        Assert.Equal(1, listener.Status.Answered);
        Assert.False(listener.Status.IsRegistered);
    }

    [Fact]
    public async Task It_answers_a_binary_message_in_binary()
    {
        await using var listener = Listener();
        var control = await (await Service.NextAsync()).LetInAsync();
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();

        await meeting.SaysAsync(Bytes("hello"), WebSocketMessageType.Binary);

        var buffer = new byte[100];
        var reply = await meeting.Socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().Soon();
        Assert.Equal(WebSocketMessageType.Binary, reply.MessageType);
        await meeting.LeavesAsync();
    }

    [Fact]
    public async Task It_rejects_with_status_and_reason()
    {
        await using var listener = Listener(configure: options => options with
        {
            Decide = visitor => visitor.ConnectHeaders.ContainsKey("X-Clinic") ? null : new(451, "No clinic & no name"),
        });
        var control = await (await Service.NextAsync()).LetInAsync();

        await control.SaysAsync(Accept("one"));
        var rejection = await Service.NextAsync();
        Assert.Equal("/$hc/gateway?sb-hc-action=accept&sb-hc-id=one&sb-hc-statusCode=451&sb-hc-statusDescription=No%20clinic%20%26%20no%20name", rejection.Asks);
        rejection.Refuse(410, "Gone");

        await control.SaysAsync(Accept("two", """ "X-Clinic":"7" """));
        Assert.Equal("/$hc/gateway?sb-hc-action=accept&sb-hc-id=two", (await Service.NextAsync()).Asks);
    }

    [Fact]
    public async Task It_renews_its_token_five_minutes_before_the_end_and_goes_on_serving()
    {
        await using var listener = Listener();
        var registration = await Service.NextAsync();
        var control = await registration.LetInAsync();

        for (var round = 1; round <= 3; round++)
        {
            await Time.PassAsync(TimeSpan.FromMinutes(55));
            var token = SharedAccessSignature.TryParse((string)JsonNode.Parse(await control.HearsAsync())!["renewToken"]!["token"]!)!;
            Assert.True(token.IsSignedBy("secret"));
            Assert.Equal((Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds(), token.Expiry);
        }

        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();
        await meeting.SaysAsync("still there?");
        Assert.Equal("re: still there?", await meeting.HearsAsync());
        Assert.Equal(1, listener.Status.Registrations);
        await meeting.LeavesAsync();
    }

    [Theory]
    [InlineData(1001, "The path was deleted", RelayPhase.Register)]
    [InlineData(1008, "The token has expired", RelayPhase.Authorize)]
    [InlineData(1011, "Something went wrong", RelayPhase.Register)]
    public async Task When_the_service_closes_it_registers_again_after_a_pause(int status, string reason, RelayPhase phase)
    {
        await using var listener = Listener(configure: options => options with { FirstPause = TimeSpan.Zero });
        var first = await (await Service.NextAsync()).LetInAsync();
        await listener.WaitUntilRegisteredAsync().Soon();

        await first.LeavesAsync((WebSocketCloseStatus)status, reason);

        await (await Service.NextAsync()).LetInAsync();
        Assert.Equal(phase, listener.Status.LastFailure!.Phase);
        Assert.Contains($"{status} {reason}", listener.Status.LastFailure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, RelayPhase.Authorize)]
    [InlineData(403, RelayPhase.Authorize)]
    [InlineData(404, RelayPhase.Register)]
    [InlineData(500, RelayPhase.Register)]
    public async Task A_refused_registration_names_its_phase_and_is_tried_again(int status, RelayPhase phase)
    {
        await using var listener = Listener(configure: options => options with { FirstPause = TimeSpan.Zero });
        (await Service.NextAsync()).Refuse(status, "because of this");

        await (await Service.NextAsync()).LetInAsync();
        await listener.WaitUntilRegisteredAsync().Soon();

        var failure = listener.Status.LastFailure!;
        Assert.Equal((phase, status), (failure.Phase, failure.StatusCode!.Value));
        Assert.Equal($"{status} because of this", failure.Reason);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{\"request\":{\"id\":\"1\"}}")]
    [InlineData("{\"accept\":{\"address\":\"http://elsewhere/\"}}")]
    [InlineData("{\"accept\":{}}")]
    public async Task Control_messages_that_make_no_sense_are_ignored(string message)
    {
        await using var listener = Listener();
        var control = await (await Service.NextAsync()).LetInAsync();

        await control.SaysAsync(message);
        await control.SaysAsync(Accept("one"));

        Assert.Equal("one", (await Service.NextAsync())["sb-hc-id"]);
        Assert.Equal(1, listener.Status.Registrations);
    }

    [Fact]
    public async Task A_handler_that_fails_still_gives_an_answer()
    {
        await using var listener = Listener((_, _) => throw new InvalidOperationException("SMITH^JANE"));
        var control = await (await Service.NextAsync()).LetInAsync();
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();

        await meeting.SaysAsync("hello");

        Assert.Equal("""{"status":"error","message":"The message could not be handled; it may be sent again."}""", await meeting.HearsAsync());
        await meeting.LeavesAsync();
    }

    [Fact]
    public async Task A_decision_that_fails_lets_nobody_in()
    {
        await using var listener = Listener(configure: options => options with { Decide = _ => throw new InvalidOperationException("SMITH^JANE") });
        var control = await (await Service.NextAsync()).LetInAsync();

        await control.SaysAsync(Accept("one"));

        var rejection = await Service.NextAsync();
        Assert.Equal("500", rejection["sb-hc-statusCode"]);
        rejection.Refuse(410, "Gone");
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_with_an_answer()
    {
        await using var listener = Listener(configure: options => options with { MaximumMessageLength = 10_000 });
        var control = await (await Service.NextAsync()).LetInAsync();
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();

        await meeting.SaysAsync(new string('x', 30_000));

        Assert.Equal("""{"status":"error","message":"The message is longer than 10000 bytes."}""", await meeting.HearsAsync());
        Assert.Equal("close 1009", await meeting.HearsAsync());
        await meeting.LeavesAsync();
    }

    [Fact]
    public async Task A_sender_that_says_nothing_is_left_after_a_while()
    {
        await using var listener = Listener(configure: options => options with { MessageTimeout = TimeSpan.FromSeconds(17) });
        var control = await (await Service.NextAsync()).LetInAsync();
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();

        await Time.PassAsync(TimeSpan.FromSeconds(17));

        Assert.Equal("gone", await meeting.HearsAsync());
    }

    [Fact]
    public async Task Stopping_lets_what_runs_come_to_its_end()
    {
        var begun = new TaskCompletionSource();
        var may = new TaskCompletionSource();
        var listener = Listener(async (message, token) =>
        {
            begun.SetResult();
            await may.Task;
            return await Repeat(message, token);
        });
        var control = await (await Service.NextAsync()).LetInAsync();
        await control.SaysAsync(Accept("one"));
        var meeting = await (await Service.NextAsync()).LetInAsync();
        await meeting.SaysAsync("hello");
        await begun.Task.Soon();

        var stopping = listener.StopAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("close 1000", await control.HearsAsync());
        await control.LeavesAsync();
        may.SetResult();

        Assert.Equal("re: hello", await meeting.HearsAsync());
        Assert.Equal("close 1000", await meeting.HearsAsync());
        await meeting.LeavesAsync();
        await stopping.Soon();
    }
}
