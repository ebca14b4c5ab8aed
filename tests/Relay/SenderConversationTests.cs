using System.Net.Sockets;
using System.Net.WebSockets;

namespace Gantry.Relay.Tests;

/// <summary>Our sender with a service that keeps to the protocol guide, or does not.</summary>
public sealed class SenderConversationTests : Conversation
{
    [Fact]
    public async Task It_sends_one_message_and_takes_one_reply()
    {
        var sending = Sender().SendAsync(Bytes("hello"));
        var connection = await Service.NextAsync();
        Assert.Equal("/$hc/gateway", connection.Path);
        Assert.Equal("connect", connection["sb-hc-action"]);
        Assert.NotEqual("", connection["sb-hc-id"]);
        Assert.True(SharedAccessSignature.TryParse(connection["sb-hc-token"])!.IsSignedBy("secret"));

        var peer = await connection.LetInAsync();
        Assert.Equal("hello", await peer.HearsAsync());
        await peer.SaysAsync("good day");
        Assert.Equal("close 1000", await peer.HearsAsync());
        await peer.LeavesAsync();

        Assert.Equal("good day", Text(await sending.Soon()));
    }

    [Theory]
    [InlineData(401, RelayPhase.Authorize)]
    [InlineData(403, RelayPhase.Authorize)]
    [InlineData(404, RelayPhase.Rendezvous)]
    [InlineData(451, RelayPhase.Rendezvous)]
    [InlineData(504, RelayPhase.Rendezvous)]
    public async Task A_refusal_names_its_phase_status_and_reason(int status, RelayPhase phase)
    {
        var sending = Sender().SendAsync(Bytes("hello"));
        (await Service.NextAsync()).Refuse(status, "because of this");

        var failure = await Assert.ThrowsAsync<RelayException>(() => sending.Soon());
        Assert.Equal((phase, status, $"{status} because of this"), (failure.Phase, failure.StatusCode!.Value, failure.Reason));
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_a_rendezvous_that_took_too_long()
    {
        var sending = Sender(options => options with { RendezvousTimeout = TimeSpan.FromSeconds(33) }).SendAsync(Bytes("hello"));
        await Service.NextAsync();
        await Time.PassAsync(TimeSpan.FromSeconds(33));

        var failure = await Assert.ThrowsAsync<RelayException>(() => sending.Soon());
        Assert.Equal((RelayPhase.Rendezvous, true), (failure.Phase, failure.IsTimeout));
    }

    [Fact]
    public async Task A_listener_that_does_not_answer_is_a_reply_that_did_not_come()
    {
        var sending = Sender(options => options with { ReplyTimeout = TimeSpan.FromSeconds(44) }).SendAsync(Bytes("hello"));
        var peer = await (await Service.NextAsync()).LetInAsync();
        await peer.HearsAsync();
        await Time.PassAsync(TimeSpan.FromSeconds(44));

        var failure = await Assert.ThrowsAsync<RelayException>(() => sending.Soon());
        Assert.Equal((RelayPhase.AwaitReply, true), (failure.Phase, failure.IsTimeout));
    }

    [Fact]
    public async Task A_close_instead_of_a_reply_is_told_with_its_reason()
    {
        var sending = Sender().SendAsync(Bytes("hello"));
        var peer = await (await Service.NextAsync()).LetInAsync();
        await peer.HearsAsync();
        await peer.LeavesAsync(WebSocketCloseStatus.InternalServerError, "out of paper");

        var failure = await Assert.ThrowsAsync<RelayException>(() => sending.Soon());
        Assert.Equal(RelayPhase.AwaitReply, failure.Phase);
        Assert.Contains("1011 out of paper", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_a_reply_that_did_not_come()
    {
        var sending = Sender().SendAsync(Bytes("hello"));
        var peer = await (await Service.NextAsync()).LetInAsync();
        await peer.HearsAsync();
        peer.BreaksOff();

        Assert.Equal(RelayPhase.AwaitReply, (await Assert.ThrowsAsync<RelayException>(() => sending.Soon())).Phase);
    }

    [Fact]
    public async Task A_reply_that_is_too_long_is_given_up()
    {
        var sending = Sender(options => options with { MaximumReplyLength = 5000 }).SendAsync(Bytes("hello"));
        var peer = await (await Service.NextAsync()).LetInAsync();
        await peer.HearsAsync();
        await peer.SaysAsync(new string('x', 9000));

        Assert.Contains("longer than 5000", (await Assert.ThrowsAsync<RelayException>(() => sending.Soon())).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_not_even_begun()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Sender(options => options with { MaximumMessageLength = 3 }).SendAsync(Bytes("hello")));

        Assert.True(Service.NobodyKnocks);
    }

    [Fact]
    public async Task A_host_that_is_not_there_fails_to_resolve()
    {
        var endpoint = Endpoint() with { Namespace = new Uri("ws://nobody.invalid:1") };

        var failure = await Assert.ThrowsAsync<RelayException>(() => Sender(options => options with { Endpoint = endpoint }).SendAsync(Bytes("x")).Soon());

        Assert.Equal(RelayPhase.Resolve, failure.Phase);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_fails_to_connect()
    {
        int port;
        using (var closed = new TcpListener(System.Net.IPAddress.Loopback, 0))
        {
            closed.Start();
            port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        }
        var endpoint = Endpoint() with { Namespace = new Uri($"ws://127.0.0.1:{port}") };

        var failure = await Assert.ThrowsAsync<RelayException>(() => Sender(options => options with { Endpoint = endpoint }).SendAsync(Bytes("x")).Soon());

        Assert.Equal(RelayPhase.Connect, failure.Phase);
    }

    [Fact]
    public async Task A_server_without_TLS_fails_in_TLS()
    {
        var endpoint = Endpoint() with { Namespace = new Uri($"wss://{Service.Address.Authority}") };

        var failure = await Assert.ThrowsAsync<RelayException>(() => Sender(options => options with { Endpoint = endpoint }).SendAsync(Bytes("x")).Soon());

        Assert.Equal(RelayPhase.Tls, failure.Phase);
    }

    [Fact]
    public async Task A_token_that_cannot_be_had_fails_to_authorize()
    {
        var endpoint = Endpoint() with { Tokens = new BearerTokenProvider((_, _) => throw new TimeoutException("no identity platform")) };

        var failure = await Assert.ThrowsAsync<RelayException>(() => Sender(options => options with { Endpoint = endpoint }).SendAsync(Bytes("x")).Soon());

        Assert.Equal(RelayPhase.Authorize, failure.Phase);
    }

    [Fact]
    public async Task The_one_who_sends_may_change_his_mind()
    {
        using var changed = new CancellationTokenSource();
        var sending = Sender().SendAsync(Bytes("hello"), changed.Token);
        await Service.NextAsync();
        await changed.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Soon());
    }
}
