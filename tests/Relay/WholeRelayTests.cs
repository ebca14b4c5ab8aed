using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Gantry.Contracts;

namespace Gantry.Relay.Tests;

/// <summary>Listener, sender and embedded relay together, over real connections.</summary>
public sealed class WholeRelayTests
{
    [Fact]
    public async Task Two_hundred_messages_at_once_get_exactly_one_reply_each()
    {
        await using var host = await RelayHost.StartAsync();
        var heard = new ConcurrentBag<string>();
        await using var listener = await host.ListenAsync((message, token) =>
        {
            heard.Add(Encoding.UTF8.GetString(message.Body.Span));
            return RelayHost.Repeat(message, token);
        });
        var sender = host.Sender();

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => sender.SayAsync($"message {number}")));

        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"re: message {number}"), replies);
        Assert.Equal(200, heard.Count);
        Assert.Equal(200, heard.Distinct().Count());
        Assert.Equal(0, listener.Status.Failed);
    }

    [Fact]
    public async Task Several_listeners_share_the_work()
    {
        await using var host = await RelayHost.StartAsync();
        var listeners = new List<RelayListener>();
        for (var i = 0; i < 5; i++)
            listeners.Add(await host.ListenAsync());
        var sender = host.Sender();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => sender.SayAsync($"{number}")));

        // By chance alone one of five gets none of a hundred once in a billion
        Assert.All(listeners, listener => Assert.True(listener.Status.Answered > 0));
        Assert.Equal(100, host.Relay.Status.Single().Relayed);
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_listener_rejects_and_the_sender_learns_why()
    {
        await using var host = await RelayHost.StartAsync();
        await using var listener = await host.ListenAsync(configure: options => options with { Decide = _ => new(451, "Not on Sundays") });

        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync("hello"));

        Assert.Equal((RelayPhase.Rendezvous, 451), (failure.Phase, failure.StatusCode!.Value));
        Assert.Contains("Not on Sundays", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_with_too_much_to_do_says_so()
    {
        await using var host = await RelayHost.StartAsync();
        var begun = new TaskCompletionSource();
        var may = new TaskCompletionSource();
        await using var listener = await host.ListenAsync(
            async (message, token) =>
            {
                begun.TrySetResult();
                await may.Task;
                return await RelayHost.Repeat(message, token);
            },
            options => options with { MaximumConnections = 1, MaximumWaiting = 0 });
        var first = host.Sender().SayAsync("first");
        await begun.Task.Soon();

        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync("second"));
        may.SetResult();

        Assert.Equal(503, failure.StatusCode);
        Assert.Equal("re: first", await first);
    }

    [Fact]
    public async Task A_relay_that_is_cut_and_restored_finds_its_listener_again()
    {
        var host = await RelayHost.StartAsync();
        await using var listener = await host.ListenAsync();
        Assert.Equal("re: before", await host.Sender().SayAsync("before"));
        var port = host.Address.Port;

        await host.DisposeAsync();
        await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync("meanwhile"));
        await using var restored = await RelayHost.StartAsync(port: port);
        await listener.WaitUntilRegisteredAsync().Soon();

        Assert.Equal("re: after", await restored.Sender().SayAsync("after"));
        Assert.True(listener.Status.Registrations >= 2);
    }

    [Fact]
    public async Task A_listener_whose_hybrid_connection_was_made_anew_comes_back()
    {
        await using var host = await RelayHost.StartAsync();
        await using var listener = await host.ListenAsync();

        host.Relay.Define(new() { Path = "gateway" });
        while (listener.Status.Registrations < 2)
            await Task.Yield();
        await listener.WaitUntilRegisteredAsync().Soon();

        Assert.Equal("re: after", await host.Sender().SayAsync("after"));
    }

    [Fact]
    public async Task When_a_listener_dies_the_others_go_on()
    {
        await using var host = await RelayHost.StartAsync();
        await using var survivor = await host.ListenAsync();
        var victim = await RawPeer.ConnectAsync(host.RawAddress("listen"));

        victim.BreaksOff();
        victim.Dispose();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Sender().SayAsync("hello"))), reply => Assert.Equal("re: hello", reply));
    }

    [Fact]
    public async Task A_key_that_is_wrong_is_told_to_listener_and_sender()
    {
        await using var host = await RelayHost.StartAsync();
        var options = new RelayListenerOptions { Endpoint = host.Endpoint(key: "wrong"), FirstPause = TimeSpan.FromHours(1), LongestPause = TimeSpan.FromHours(1) };
        await using var listener = new RelayListener(options, RelayHost.Repeat);
        listener.Start();
        while (listener.Status.LastFailure is null)
            await Task.Yield();

        Assert.Equal((RelayPhase.Authorize, 401), (listener.Status.LastFailure.Phase, listener.Status.LastFailure.StatusCode!.Value));
        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender(host.Endpoint(key: "wrong")).SayAsync("hello"));
        Assert.Equal(RelayPhase.Authorize, failure.Phase);
        Assert.DoesNotContain("SharedAccessSignature", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_renews_its_token_at_the_relay_and_is_never_away()
    {
        var time = new FakeTime();
        await using var host = await RelayHost.StartAsync(time);
        await using var listener = await host.ListenAsync(configure: options => options with { EchoAfterSilence = Timeout.InfiniteTimeSpan });

        for (var round = 0; round < 5; round++)
        {
            await time.PassAsync(TimeSpan.FromMinutes(55));
            // The relay's own timer is set anew when it has taken the token
            await time.ExpectAsync(TimeSpan.FromMinutes(60));
        }

        Assert.Equal("re: hello", await host.Sender().SayAsync("hello"));
        Assert.Equal((1, 5), (listener.Status.Registrations, listener.Status.Renewals));
    }

    [Fact]
    public async Task A_listener_proves_its_own_link_through_the_relay()
    {
        var time = new FakeTime();
        await using var host = await RelayHost.StartAsync(time);
        var handled = 0;
        await using var listener = await host.ListenAsync(
            (message, token) =>
            {
                Interlocked.Increment(ref handled);
                return RelayHost.Repeat(message, token);
            },
            options => options with { EchoAfterSilence = TimeSpan.FromMinutes(3) });

        await time.PassAsync(TimeSpan.FromMinutes(3));
        await time.ExpectAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(1, host.Relay.Status.Single().Relayed);
        Assert.Equal((1, 0, 0), (listener.Status.Registrations, listener.Status.Zombies, handled));
    }

    [Fact]
    public async Task A_message_that_is_huge_is_refused_by_the_relay_early()
    {
        await using var host = await RelayHost.StartAsync(configure: options => options.MaximumMessageLength = 100_000);
        await using var listener = await host.ListenAsync();

        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync(new string('x', 3_000_000)));

        Assert.Equal(RelayPhase.AwaitReply, failure.Phase);
        Assert.Contains("1009 A message is longer than 100000 bytes.", failure.Reason, StringComparison.Ordinal);
        Assert.Equal("re: hello", await host.Sender().SayAsync("hello"));
    }

    [Fact]
    public async Task More_messages_than_allowed_end_the_connection()
    {
        await using var host = await RelayHost.StartAsync(configure: options => options.MaximumMessages = 2);
        var never = new TaskCompletionSource();
        await using var listener = await host.ListenAsync(async (_, token) =>
        {
            await never.Task.WaitAsync(token);
            return default;
        });
        using var sender = await RawPeer.ConnectAsync(host.RawAddress("connect"));

        for (var i = 0; i < 3; i++)
            await sender.SaysAsync("again");

        Assert.Equal("close 1008 More than 2 messages on one connection.", await sender.HearsAsync());
    }

    [Fact]
    public async Task A_sender_that_floods_is_held_up_by_a_listener_that_is_slow_and_loses_nothing()
    {
        const int Messages = 300, Length = 1 << 20;
        await using var host = await RelayHost.StartAsync();
        var may = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await host.ListenAsync(async (message, token) =>
        {
            await may.Task.WaitAsync(token);
            return Encoding.UTF8.GetBytes($"{message.Body.Length}");
        });
        using var sender = await RawPeer.ConnectAsync(host.RawAddress("connect"), options => options.AddSubProtocol("gantry.messages"));
        var (message, sent) = (Encoding.UTF8.GetBytes(new string('x', Length)), 0);
        var flood = Task.Run(async () =>
        {
            for (; sent < Messages; sent++)
                await sender.Socket.SendAsync(message, System.Net.WebSockets.WebSocketMessageType.Text, true, CancellationToken.None);
        });

        // It stands still, or it is through
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var (still, before) = (0, -1); still < 10 && !flood.IsCompleted && await look.WaitForNextTickAsync(); before = sent)
            still = sent == before ? still + 1 : 0;

        // What the sockets on the way hold, and a buffer of the relay: nowhere near all
        Assert.InRange(sent, 1, Messages / 3);
        may.SetResult();
        for (var number = 0; number < Messages; number++)
            Assert.Equal($"{Length}", await sender.HearsAsync());
        await flood.Soon();
    }

    [Fact]
    public async Task A_message_of_megabytes_passes_whole()
    {
        await using var host = await RelayHost.StartAsync();
        await using var listener = await host.ListenAsync((message, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(
            Encoding.ASCII.GetBytes(Convert.ToHexString(SHA256.HashData(message.Body.Span)))));
        // A text of letters of one to four bytes, cut anywhere on its way
        var message = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aé漢😀", 300_000)));

        var reply = await host.Sender().SendAsync(message).Soon();

        Assert.Equal(Convert.ToHexString(SHA256.HashData(message)), Encoding.ASCII.GetString(reply.Span));
    }

    [Fact]
    public async Task The_action_of_the_contract_from_an_old_client_gets_the_reply_of_the_contract()
    {
        await using var host = await RelayHost.StartAsync();
        await using var listener = await host.ListenAsync((message, _) =>
        {
            var read = GatewayAction.Parse(message.Body.Span);
            var reply = read.Succeeded ? ActionReply.Created(read.Value.ActionId) : ActionReply.Error(read.Error);
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(reply.ToJson());
        });

        using var client = await RawPeer.ConnectAsync(host.RawAddress("connect"));
        await client.SaysAsync("""
            { "schema_version": 1, "action_id": "4711", "action_type": "worklist.create_item",
              "timestamp": "2026-01-05T09:00:00Z", "source_system": "manage-breast-screening",
              "source_reference": { "appointment_id": "1", "participant_id": "9990001112" },
              "parameters": { "worklist_item": {
                  "accession_number": "ACC-20260105-1A2B", "requested_procedure_id": "REQ-20260105-3C4D",
                  "participant": { "nhs_number": "9990001112", "name": "SMITH^JANE", "birth_date": "19650315", "sex": "F" },
                  "scheduled": { "date": "20260105", "time": "103000" },
                  "procedure": { "modality": "MG", "station_name": "MMG_ROOM_1", "study_description": "Screening Mammography" } } } }
            """);
        Assert.Equal("""{"status":"created","action_id":"4711"}""", await client.HearsAsync());
        Assert.Equal("close 1000", await client.HearsAsync());

        using var other = await RawPeer.ConnectAsync(host.RawAddress("connect"));
        await other.SaysAsync("hello?");
        Assert.Equal("error", JsonDocument.Parse(await other.HearsAsync()).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Everything_works_over_TLS_and_a_certificate_that_is_not_trusted_fails_in_TLS()
    {
        using var certificate = TestCertificate();
        await using var host = await RelayHost.StartAsync(certificate: certificate);
        var trusting = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        };
        Assert.Equal("wss", host.Address.Scheme);
        await using var listener = await host.ListenAsync(configure: options => options with { Endpoint = host.Endpoint(tls: trusting) });

        Assert.Equal("re: hello", await host.Sender(host.Endpoint(tls: trusting)).SayAsync("hello"));

        var failure = await Assert.ThrowsAsync<RelayException>(() => host.Sender().SayAsync("hello"));
        Assert.Equal(RelayPhase.Tls, failure.Phase);
    }

    private static X509Certificate2 TestCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
