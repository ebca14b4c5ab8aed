using Gantry.Relay;

namespace Gantry.Sidecar.Relay;

/// <summary>Hears the cloud's actions as long as the host runs.</summary>
internal sealed class ActionListener(RelayEndpoints endpoints, CloudActions actions, ILogger<RelayListener> logger, TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Enough for any order; more would only fill the memory.</summary>
    private const int LongestAction = 256 * 1024;

    /// <summary>A clinic waits for what it sent: when the relay is back, so are we soon after.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private readonly RelayListener _listener = new(
        new() { Endpoint = endpoints.Actions, MaximumMessageLength = LongestAction, LongestPause = LongestPause }, actions.AnswerAsync, logger, time);

    private bool _disposed;

    /// <summary>How the listening stands.</summary>
    public RelayListenerStatus Status => _listener.Status;

    /// <summary>Returns when the relay knows us.</summary>
    public Task WaitUntilRegisteredAsync(CancellationToken cancellationToken) => _listener.WaitUntilRegisteredAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (endpoints.Actions.Namespace is { Scheme: "ws", IsLoopback: false } relay)
            Log.RelayInTheClear(logger, relay.Authority);
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _listener.StopAsync(Drain, cancellationToken);

    // The container disposes it once as a service and once as a hosted service
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, true) ? ValueTask.CompletedTask : _listener.DisposeAsync();
}
