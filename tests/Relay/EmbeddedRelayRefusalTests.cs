using System.Net.WebSockets;
using Gantry.Relay.Embedded;

namespace Gantry.Relay.Tests;

/// <summary>Whom the embedded relay does not let in, and with which status.</summary>
public sealed class EmbeddedRelayRefusalTests
{
    private static Task<RelayHost> StartAsync(Action<EmbeddedRelayOptions>? configure = null) => RelayHost.StartAsync(new FakeTime(), options =>
    {
        options.Keys.Add(new("ears", "listen only", RelayRights.Listen));
        options.Keys.Add(new("mouth", "send only", RelayRights.Send));
        options.HybridConnections.Add(new() { Path = "open", RequireSenderToken = false });
        options.HybridConnections.Add(new() { Path = "own", Keys = [new("mine", "of this one", RelayRights.Listen | RelayRights.Send)] });
        configure?.Invoke(options);
    });

    [Theory]
    [InlineData("listen")]
    [InlineData("connect")]
    public async Task A_token_that_is_wrong_gets_401(string action)
    {
        await using var host = await StartAsync();

        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: "")));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: "SharedAccessSignature what")));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: host.Token(key: "open"))));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: host.Token(name: "nobody"))));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: host.Token(life: TimeSpan.Zero))));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: "Bearer abc")));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress(action, token: host.Token(name: "mine", key: "of this one"))));
    }

    [Fact]
    public async Task A_token_for_something_else_gets_403()
    {
        await using var host = await StartAsync();

        Assert.Equal(403, await RawPeer.RefusedAsync(host.RawAddress("listen", token: host.Token("own"))));
        Assert.Equal(403, await RawPeer.RefusedAsync(host.RawAddress("listen", token: host.Token("gate"))));
        Assert.Equal(403, await RawPeer.RefusedAsync(host.RawAddress("listen", token: host.Token(name: "mouth", key: "send only"))));
        Assert.Equal(403, await RawPeer.RefusedAsync(host.RawAddress("connect", token: host.Token(name: "ears", key: "listen only"))));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_gets_404_and_only_with_a_good_token()
    {
        await using var host = await StartAsync();

        Assert.Equal(404, await RawPeer.RefusedAsync(host.RawAddress("listen", "nowhere")));
        Assert.Equal(404, await RawPeer.RefusedAsync(host.RawAddress("connect", "nowhere")));
        Assert.Equal(404, await RawPeer.RefusedAsync(host.RawAddress("listen", "gateway/below", host.Token())));
        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress("connect", "nowhere", token: host.Token(key: "wrong"))));
    }

    [Fact]
    public async Task A_sender_without_a_listener_gets_404_and_is_told_why()
    {
        await using var host = await StartAsync();

        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync("hello"));

        Assert.Equal((RelayPhase.Rendezvous, 404), (failure.Phase, failure.StatusCode!.Value));
        Assert.Contains("There are no listeners connected for the endpoint.", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Senders_need_no_token_where_none_is_asked_for()
    {
        await using var host = await StartAsync();
        await using var listener = await host.ListenAsync(configure: options => options with { Endpoint = host.Endpoint("open") });

        using var sender = await RawPeer.ConnectAsync(new Uri($"{host.Address.AbsoluteUri}$hc/open?sb-hc-action=connect"));
        await sender.SaysAsync("hello");

        Assert.Equal("re: hello", await sender.HearsAsync());
        Assert.Equal(401, await RawPeer.RefusedAsync(new Uri($"{host.Address.AbsoluteUri}$hc/open?sb-hc-action=listen")));
    }

    [Fact]
    public async Task A_token_may_stand_in_a_header()
    {
        await using var host = await StartAsync();
        var address = new Uri($"{host.Address.AbsoluteUri}$hc/gateway?sb-hc-action=listen");

        using var one = await RawPeer.ConnectAsync(address, options => options.SetRequestHeader("ServiceBusAuthorization", host.Token()));
        using var other = await RawPeer.ConnectAsync(address, options => options.SetRequestHeader("Authorization", host.Token()));

        Assert.Equal(2, host.Relay.Status.Single(status => status.Path == "gateway").Listeners);
    }

    [Fact]
    public async Task A_bearer_token_is_asked_about()
    {
        await using var host = await StartAsync(options => options.CheckBearer = (token, path, right, _) =>
            ValueTask.FromResult<DateTimeOffset?>(token == $"{right} {path}" ? DateTimeOffset.MaxValue : null));

        Assert.Equal(401, await RawPeer.RefusedAsync(host.RawAddress("listen", token: "Bearer Send gateway")));
        using var listener = await RawPeer.ConnectAsync(host.RawAddress("listen", token: "Bearer Listen gateway"));
    }

    [Theory]
    [InlineData("paint")]
    [InlineData("")]
    public async Task An_unknown_action_gets_400(string action)
    {
        await using var host = await StartAsync();

        Assert.Equal(400, await RawPeer.RefusedAsync(host.RawAddress(action)));
    }

    [Fact]
    public async Task A_request_that_is_no_WebSocket_gets_400()
    {
        await using var host = await StartAsync();
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri($"http://{host.Address.Authority}/$hc/gateway?sb-hc-action=connect"));

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_made_up_rendezvous_gets_403()
    {
        await using var host = await StartAsync();

        Assert.Equal(403, await RawPeer.RefusedAsync(host.RawAddress("accept", extra: "sb-hc-rendezvous=00112233445566778899aabbccddeeff&")));
    }

    [Fact]
    public async Task Twenty_five_listeners_are_let_in_and_the_next_gets_503()
    {
        await using var host = await StartAsync();
        var listeners = new List<RawPeer>();
        for (var i = 0; i < 25; i++)
            listeners.Add(await RawPeer.ConnectAsync(host.RawAddress("listen")));

        Assert.Equal(503, await RawPeer.RefusedAsync(host.RawAddress("listen")));

        await listeners[0].LeavesAsync();
        Assert.Equal("close 1000", await listeners[0].HearsAsync());
        listeners.Add(await RawPeer.ConnectAsync(host.RawAddress("listen")));
        listeners.ForEach(listener => listener.Dispose());
    }

    [Fact]
    public async Task More_senders_than_allowed_get_503()
    {
        await using var host = await StartAsync(options => options.MaximumConnections = 1);
        using var control = await RawPeer.ConnectAsync(host.RawAddress("listen"));
        var waiting = RawPeer.ConnectAsync(host.RawAddress("connect"));
        await control.HearsAsync();

        Assert.Equal(503, await RawPeer.RefusedAsync(host.RawAddress("connect")));

        control.BreaksOff();
        await Assert.ThrowsAsync<WebSocketException>(() => waiting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a//b")]
    public void A_path_that_cannot_be_is_refused_at_the_start(string path) =>
        Assert.Throws<ArgumentException>(() => new EmbeddedRelay(new()).Define(new() { Path = path }));

    [Fact]
    public void A_key_without_a_secret_is_refused_at_the_start()
    {
        var options = new EmbeddedRelayOptions();
        options.Keys.Add(new("name", "", RelayRights.Send));

        Assert.Contains("'name'", Assert.Throws<ArgumentException>(() => new EmbeddedRelay(options)).Message, StringComparison.Ordinal);
    }
}
