using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Relay.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>The real embedded relay, and a cloud behind it that answers as it is told and remembers what it heard.</summary>
internal sealed class CloudStub : IAsyncDisposable
{
    private const string KeyName = "all", Key = "sesame";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<(string Raw, GatewayEvent Event)> _heard = new();
    private readonly SemaphoreSlim _news = new(0);
    private WebApplication? _relay;
    private RelayListener? _listener;
    private int _port;

    /// <summary>Answers an event; by default the cloud takes everything.</summary>
    public Func<GatewayEvent, EventReply> Answer { get; set; } = Taken;

    /// <summary>What came, in the order in which it came, whatever was answered.</summary>
    public IReadOnlyList<GatewayEvent> Heard => [.. _heard.Select(heard => heard.Event)];

    public IReadOnlyList<string> Raw => [.. _heard.Select(heard => heard.Raw)];

    /// <summary>The settings that lead a gateway here, with short pauses.</summary>
    public string[] Settings =>
    [
        $"Relay:Namespace=ws://127.0.0.1:{_port}", $"Relay:KeyName={KeyName}", $"Relay:SharedAccessKey={Key}", "Web:HealthCacheTime=00:00:00",
        "Forwarding:FirstPause=00:00:00.020", "Forwarding:LongestPause=00:00:00.100", "Forwarding:PollInterval=00:00:00.500",
    ];

    public static EventReply Taken(GatewayEvent message) => message is GatewayEvent.ImageReceived
        ? EventReply.Created(message.MessageId!) : EventReply.Updated((message as GatewayEvent.StatusUpdated)?.Data.ActionId, "a", "b", "c");

    public static async Task<CloudStub> StartAsync()
    {
        var cloud = new CloudStub();
        await cloud.OpenAsync();
        return cloud;
    }

    /// <summary>Opens the relay, and listens; on the same port as before.</summary>
    public async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, _port));
        builder.Services.AddEmbeddedRelay(options =>
        {
            options.Keys.Add(new(KeyName, Key, RelayRights.Listen | RelayRights.Send));
            options.HybridConnections.Add(new() { Path = "gateway" });
            options.HybridConnections.Add(new() { Path = "events" });
        });
        _relay = builder.Build();
        _relay.MapHybridConnections();
        await _relay.StartAsync();
        _port = new Uri(_relay.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        _listener = new(new() { Endpoint = Endpoint("events") }, HearAsync);
        _listener.Start();
        await _listener.WaitUntilRegisteredAsync().WaitAsync(Patience);
    }

    /// <summary>The relay is gone, and with it every connection.</summary>
    public async Task CutAsync()
    {
        await _listener!.DisposeAsync();
        await _relay!.StopAsync();
        await _relay.DisposeAsync();
        _relay = null;
    }

    /// <summary>Sends the gateway an action, as text.</summary>
    public async Task<JsonElement> SayAsync(string action) =>
        JsonDocument.Parse(await new RelaySender(new() { Endpoint = Endpoint("gateway") }).SendAsync(Encoding.UTF8.GetBytes(action))).RootElement;

    /// <summary>Waits until what was heard is as it should be.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<GatewayEvent>, bool> isEnough)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isEnough(Heard))
            await _news.WaitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
            await CutAsync();
        _news.Dispose();
    }

    private RelayEndpoint Endpoint(string path) =>
        new() { Namespace = new($"ws://127.0.0.1:{_port}"), Path = path, Tokens = new SharedAccessKeyTokenProvider(KeyName, Key) };

    private ValueTask<ReadOnlyMemory<byte>> HearAsync(RelayMessage message, CancellationToken cancellationToken)
    {
        var read = GatewayEvent.Parse(message.Body.Span);
        _heard.Enqueue((Encoding.UTF8.GetString(message.Body.Span), read.Value ?? new GatewayEvent.Unsupported(read.Error!.Message)));
        var reply = Answer(_heard.Last().Event).ToJson();
        _news.Release();
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(reply);
    }
}
