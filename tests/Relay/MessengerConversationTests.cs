using System.Net.WebSockets;

namespace Gantry.Relay.Tests;

/// <summary>Our messenger with listeners that take many messages on a connection, and with those that take one.</summary>
public sealed class MessengerConversationTests : Conversation
{
    private const string Many = "gantry.messages";

    [Fact]
    public async Task A_listener_that_agrees_gets_all_messages_on_one_connection()
    {
        await using var messenger = Messenger();
        var peer = await BeginAsync(messenger, Many);

        for (var number = 0; number < 5; number++)
        {
            var sending = messenger.SendAsync(Bytes($"message {number}"));
            Assert.Equal($"message {number}", await peer.HearsAsync());
            await peer.SaysAsync($"reply {number}");
            Assert.Equal($"reply {number}", Text(await sending.Soon()));
        }
        Assert.True(Service.NobodyKnocks);
    }

    [Fact]
    public async Task A_listener_that_does_not_know_of_it_gets_a_connection_for_each()
    {
        await using var messenger = Messenger();
        for (var number = 0; number < 3; number++)
        {
            var sending = messenger.SendAsync(Bytes("hello"));
            var visitor = await Service.NextAsync();
            Assert.Equal([Many], visitor.Protocols);
            var peer = await visitor.LetInAsync();
            Assert.Equal("hello", await peer.HearsAsync());
            await peer.SaysAsync("good day");
            Assert.Equal("close 1000", await peer.HearsAsync());
            await peer.LeavesAsync();
            Assert.Equal("good day", Text(await sending.Soon()));
        }
    }

    [Fact]
    public async Task Messages_at_once_go_on_connections_of_their_own()
    {
        await using var messenger = Messenger();
        var one = messenger.SendAsync(Bytes("one"));
        var first = await (await Service.NextAsync()).LetInAsync(Many);
        var two = messenger.SendAsync(Bytes("two"));
        var second = await (await Service.NextAsync()).LetInAsync(Many);

        await second.SaysAsync(await second.HearsAsync());
        await first.SaysAsync(await first.HearsAsync());

        Assert.Equal(("one", "two"), (Text(await one.Soon()), Text(await two.Soon())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kept_connection_that_ended_meanwhile_is_replaced_and_the_message_is_sent_on_the_new_one(bool breaksOff)
    {
        await using var messenger = Messenger();
        var gone = await BeginAsync(messenger, Many);
        if (breaksOff)
            gone.BreaksOff();
        else
            await gone.LeavesAsync();

        var sending = messenger.SendAsync(Bytes("again"));
        var peer = await (await Service.NextAsync()).LetInAsync(Many);
        Assert.Equal("again", await peer.HearsAsync());
        await peer.SaysAsync("heard");

        Assert.Equal("heard", Text(await sending.Soon()));
    }

    [Fact]
    public async Task A_new_connection_that_ends_without_a_reply_is_a_failure_as_ever()
    {
        await using var messenger = Messenger();
        var sending = messenger.SendAsync(Bytes("hello"));
        var peer = await (await Service.NextAsync()).LetInAsync(Many);
        await peer.HearsAsync();
        await peer.LeavesAsync(WebSocketCloseStatus.InternalServerError, "out of paper");

        var failure = await Assert.ThrowsAsync<RelayException>(() => sending.Soon());
        Assert.Equal(RelayPhase.AwaitReply, failure.Phase);
        Assert.True(Service.NobodyKnocks);
    }

    [Fact]
    public async Task A_reply_that_does_not_come_on_a_kept_connection_is_a_failure_and_nothing_is_sent_twice()
    {
        await using var messenger = Messenger();
        var peer = await BeginAsync(messenger, Many);

        var sending = messenger.SendAsync(Bytes("hello?"));
        Assert.Equal("hello?", await peer.HearsAsync());
        await Time.PassAsync(TimeSpan.FromSeconds(44));

        Assert.True((await Assert.ThrowsAsync<RelayException>(() => sending.Soon())).IsTimeout);
        Assert.True(Service.NobodyKnocks);
    }

    [Fact]
    public async Task What_nobody_needs_for_two_seconds_is_closed()
    {
        await using var messenger = Messenger();
        var peer = await BeginAsync(messenger, Many);

        await Time.PassAsync(TimeSpan.FromSeconds(1));
        await Time.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("close 1000", await peer.HearsAsync());
    }

    [Fact]
    public async Task At_the_end_it_says_goodbye()
    {
        var messenger = Messenger();
        var peer = await BeginAsync(messenger, Many);

        await messenger.DisposeAsync();

        Assert.Equal("close 1000", await peer.HearsAsync());
    }

    private RelayMessenger Messenger() => new(new() { Endpoint = Endpoint(), ReplyTimeout = TimeSpan.FromSeconds(44) }, Time);

    /// <summary>One message and its reply.</summary>
    private async Task<RawPeer> BeginAsync(RelayMessenger messenger, string subProtocol)
    {
        var sending = messenger.SendAsync(Bytes("first"));
        var peer = await (await Service.NextAsync()).LetInAsync(subProtocol);
        Assert.Equal("first", await peer.HearsAsync());
        await peer.SaysAsync("yes");
        Assert.Equal("yes", Text(await sending.Soon()));
        return peer;
    }
}
