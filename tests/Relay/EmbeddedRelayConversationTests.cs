using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Gantry.Relay.Tests;

/// <summary>The embedded relay with clients that know nothing of ours: plain WebSockets by the protocol guide.</summary>
public sealed class EmbeddedRelayConversationTests : IAsyncLifetime
{
    private RelayHost _host = null!;

    public async Task InitializeAsync() => _host = await RelayHost.StartAsync(new FakeTime());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private FakeTime Time => (FakeTime)_host.Time;

    [Fact]
    public async Task An_old_sender_and_an_old_listener_meet()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect", "gateway/room 1", _host.Token(), "colour=red&"), options =>
            options.SetRequestHeader("X-Clinic", "7"));

        var accept = JsonNode.Parse(await control.HearsAsync())!["accept"]!;
        Assert.Equal("7", (string?)accept["connectHeaders"]!["X-Clinic"]);
        Assert.NotEqual("", (string?)accept["id"]);
        var address = (string)accept["address"]!;
        Assert.StartsWith($"{_host.Address.AbsoluteUri}$hc/gateway/room%201?colour=red&sb-hc-action=accept&sb-hc-id=", address, StringComparison.Ordinal);
        Assert.DoesNotContain("sb-hc-token", address, StringComparison.Ordinal);

        using var listener = await RawPeer.ConnectAsync(new Uri(address));
        using var sender = await connecting.Soon();
        await sender.SaysAsync("hello");
        Assert.Equal("hello", await listener.HearsAsync());
        await listener.SaysAsync("good day");
        Assert.Equal("good day", await sender.HearsAsync());
        await sender.SaysAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal("\u0001\u0002\u0003", await listener.HearsAsync());

        await listener.LeavesAsync(WebSocketCloseStatus.NormalClosure, "done");
        Assert.Equal("close 1000 done", await sender.HearsAsync());
        await sender.LeavesAsync();
        Assert.Equal("close 1000", await listener.HearsAsync());
    }

    [Fact]
    public async Task A_rendezvous_address_is_good_once()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect"));
        var address = new Uri((string)JsonNode.Parse(await control.HearsAsync())!["accept"]!["address"]!);

        using var listener = await RawPeer.ConnectAsync(address);
        using var sender = await connecting.Soon();

        Assert.Equal(403, await RawPeer.RefusedAsync(address));
    }

    [Fact]
    public async Task A_sub_protocol_is_agreed_end_to_end()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect"), options => { options.AddSubProtocol("a"); options.AddSubProtocol("b"); });
        var accept = JsonNode.Parse(await control.HearsAsync())!["accept"]!;
        Assert.Equal("a, b", (string?)accept["connectHeaders"]!["Sec-WebSocket-Protocol"]);

        using var listener = await RawPeer.ConnectAsync(new Uri((string)accept["address"]!), options => options.AddSubProtocol("b"));
        using var sender = await connecting.Soon();

        Assert.Equal("b", sender.Socket.SubProtocol);
    }

    [Fact]
    public async Task A_rejection_goes_back_with_its_status_and_ends_in_410()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var refused = RawPeer.RefusedAsync(_host.RawAddress("connect"));
        var address = (string)JsonNode.Parse(await control.HearsAsync())!["accept"]!["address"]!;

        Assert.Equal(410, await RawPeer.RefusedAsync(new Uri($"{address}&sb-hc-statusCode=451&sb-hc-statusDescription=no")));
        Assert.Equal(451, await refused.Soon());
    }

    [Fact]
    public async Task A_listener_that_does_not_come_costs_the_sender_30_seconds_and_a_504()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var refused = RawPeer.RefusedAsync(_host.RawAddress("connect"));
        await control.HearsAsync();

        await Time.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(504, await refused.Soon());
    }

    [Fact]
    public async Task When_a_listener_leaves_before_it_came_another_is_asked()
    {
        using var first = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect"));
        await first.HearsAsync();
        using var second = await RawPeer.ConnectAsync(_host.RawAddress("listen"));

        first.BreaksOff();

        var accept = JsonNode.Parse(await second.HearsAsync())!["accept"]!;
        using var listener = await RawPeer.ConnectAsync(new Uri((string)accept["address"]!));
        using var sender = await connecting.Soon();
    }

    [Fact]
    public async Task A_control_channel_ends_with_its_token()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen", token: _host.Token(life: TimeSpan.FromMinutes(10))));

        await Time.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("close 1008 The token has expired.", await control.HearsAsync());
    }

    [Fact]
    public async Task A_renewed_token_keeps_the_control_channel_open()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen", token: _host.Token(life: TimeSpan.FromMinutes(10))));
        await control.SaysAsync($$$"""{"renewToken":{"token":"{{{_host.Token(life: TimeSpan.FromMinutes(25))}}}"}}""");

        // Only the new token's timer is due in 25 minutes: the renewal has been taken
        await Time.PassAsync(TimeSpan.FromMinutes(25));

        Assert.Equal("close 1008 The token has expired.", await control.HearsAsync());
    }

    [Theory]
    [InlineData("""{"renewToken":{"token":"SharedAccessSignature sr=a&sig=b&se=1&skn=c"}}""", "close 1008 The token's signature is invalid.")]
    [InlineData("""{"renewToken":{}}""", "close 1008 The token is missing.")]
    [InlineData("nonsense", "close 1007 The control message is not understood.")]
    public async Task A_control_message_that_is_wrong_ends_the_channel(string message, string close)
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));

        await control.SaysAsync(message);

        Assert.Equal(close, await control.HearsAsync());
    }

    [Fact]
    public async Task A_control_message_that_is_huge_ends_the_channel()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));

        await control.SaysAsync(new string('x', 20_000));

        Assert.Equal("close 1009 The control message is too long.", await control.HearsAsync());
    }

    [Fact]
    public async Task What_a_listener_may_send_later_is_ignored_now()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        await control.SaysAsync("""{"response":{"requestId":"1"}}""");

        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect"));

        Assert.Contains("accept", await control.HearsAsync(), StringComparison.Ordinal);
        control.BreaksOff();
        await Assert.ThrowsAsync<WebSocketException>(() => connecting);
    }

    [Fact]
    public async Task A_hybrid_connection_that_is_removed_closes_its_channels()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));

        Assert.True(_host.Relay.Remove("gateway"));

        Assert.Equal("close 1001 The hybrid connection was removed.", await control.HearsAsync());
        Assert.Equal(404, await RawPeer.RefusedAsync(_host.RawAddress("connect")));
    }

    [Fact]
    public async Task A_connection_that_falls_silent_is_ended()
    {
        using var control = await RawPeer.ConnectAsync(_host.RawAddress("listen"));
        var connecting = RawPeer.ConnectAsync(_host.RawAddress("connect"));
        using var listener = await RawPeer.ConnectAsync(new Uri((string)JsonNode.Parse(await control.HearsAsync())!["accept"]!["address"]!));
        using var sender = await connecting.Soon();

        await Time.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Contains(await sender.HearsAsync(), (string[])["gone", "close 1001 The other side left."]);
        Assert.Contains(await listener.HearsAsync(), (string[])["gone", "close 1001 The other side left."]);
    }
}
