using System.Collections.Concurrent;
using Gantry.Cloud.Hosting;
using Gantry.Relay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Gantry.Cloud.Gateways;

/// <summary>The way to a hybrid connection: through Azure when a namespace is set, else through the relay in this very host.</summary>
internal sealed class RelayLinks(CloudSettings settings, WebTls tls, IServer server, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly SharedAccessKeyTokenProvider _tokens = new(settings.RelayKeyName, settings.RelayKey, time);
    private readonly ConcurrentDictionary<string, RelaySender> _senders = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits until the host listens, since only then its address is known.</summary>
    public async Task<RelayEndpoint> EndpointAsync(string path, CancellationToken cancellationToken)
    {
        if (settings.RelayNamespace is null)
            await StartedAsync(cancellationToken);
        if (settings.RelayNamespace is { } azure)
            return new() { Namespace = azure, Path = path, Tokens = _tokens };
        var own = OwnAddress();
        return new() { Namespace = own, Path = path, Tokens = _tokens, Tls = own.Scheme == "wss" ? tls.OwnAddress(own.Host) : null };
    }

    public async Task<RelaySender> SenderAsync(string path, CancellationToken cancellationToken)
    {
        var endpoint = await EndpointAsync(path, cancellationToken);
        return _senders.GetOrAdd(path, _ => new(new() { Endpoint = endpoint }, time));
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>This host from within: any of its addresses, by loopback when it listens on all.</summary>
    private Uri OwnAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = new Uri((addresses.FirstOrDefault(each => each.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.First())
            .Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal));
        var host = address.Host switch { "0.0.0.0" => "127.0.0.1", "[::]" => "[::1]", var other => other };
        return new($"{(address.Scheme == "https" ? "wss" : "ws")}://{host}:{address.Port}");
    }
}
