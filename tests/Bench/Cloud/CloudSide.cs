using System.Collections.Concurrent;
using Gantry.Contracts;
using Gantry.Relay;
using Gantry.Relay.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Gantry.Bench.Cloud;

/// <summary>The embedded relay with a cloud behind it that takes everything at once, in this process.</summary>
internal sealed class CloudSide(int port) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _heard = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0);
    private WebApplication? _relay;
    private RelayListener? _listener;

    /// <summary>The settings that lead a gateway here.</summary>
    public string[] Settings => [$"--Relay:Namespace=ws://127.0.0.1:{port}", "--Relay:KeyName=all", "--Relay:SharedAccessKey=sesame"];

    /// <summary>How many different messages came.</summary>
    public int Count => _heard.Count;

    /// <summary>When a message came first, a time stamp of the system's clock; null if it did not.</summary>
    public long? HeardAt(string name) => _heard.TryGetValue(name, out var at) ? at : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddEmbeddedRelay(options =>
        {
            options.Keys.Add(new("all", "sesame", RelayRights.Listen | RelayRights.Send));
            options.HybridConnections.Add(new() { Path = "gateway" });
            options.HybridConnections.Add(new() { Path = "events" });
        });
        _relay = builder.Build();
        _relay.MapHybridConnections();
        await _relay.StartAsync(cancellationToken);
        var endpoint = new RelayEndpoint
        {
            Namespace = new($"ws://127.0.0.1:{port}"), Path = "events", Tokens = new SharedAccessKeyTokenProvider("all", "sesame"),
        };
        _listener = new(new() { Endpoint = endpoint }, HearAsync);
        _listener.Start();
        await _listener.WaitUntilRegisteredAsync(cancellationToken);
    }

    /// <summary>Forgets what came.</summary>
    public void Clear() => _heard.Clear();

    /// <summary>Waits until so many different messages have come.</summary>
    public async Task UntilAsync(int count, CancellationToken cancellationToken)
    {
        while (Count < count) await _news.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        if (_relay is not null) await _relay.DisposeAsync();
        _news.Dispose();
    }

    private ValueTask<ReadOnlyMemory<byte>> HearAsync(RelayMessage message, CancellationToken cancellationToken)
    {
        var read = GatewayEvent.Parse(message.Body.Span);
        var (name, reply) = read.Value switch
        {
            GatewayEvent.ImageReceived image => (image.Image.Image.SopInstanceUid, EventReply.Created(image.MessageId!)),
            GatewayEvent.StatusUpdated status => ($"{status.Data.MppsInstanceUid} {status.Data.Status}", EventReply.Updated(null, "a", "b", "c")),
            _ => ("", EventReply.Error(null, "no message")),
        };
        if (_heard.TryAdd(name, TimeProvider.System.GetTimestamp())) _news.Release();
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(reply.ToJson());
    }
}
