using Gantry.EmrSync.Sync;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr;

/// <summary>
/// The syncs of this process, whoever asks for them. A sync belongs to the gateway and not to the one who asked: a modality that
/// hangs up or a browser that is closed stops nothing.
/// </summary>
internal sealed class OrderRuns(OrderSync sync, EmrMetrics metrics, TimeProvider time, ILogger<OrderRuns> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task<EmrRun> _running = Task.FromException<EmrRun>(new InvalidOperationException());
    private long _startedAt;
    private bool _hasRun;

    /// <summary>Told of each sync of this process that ended.</summary>
    public event Func<EmrRun, Task>? Ended;

    /// <summary>The last sync that ended; null before the first.</summary>
    public EmrRun? Last { get; private set; }

    /// <summary>When the last one ended that did not fail.</summary>
    public DateTimeOffset? LastSuccessAt { get; private set; }

    /// <summary>The sync that runs now; null if none does.</summary>
    public Task<EmrRun>? Running
    {
        get
        {
            lock (_lock) return _running.IsCompleted ? null : _running;
        }
    }

    /// <summary>True if a sync began less than this ago, whatever came of it.</summary>
    public bool BeganWithin(TimeSpan age)
    {
        lock (_lock) return _hasRun && time.GetElapsedTime(_startedAt) < age;
    }

    /// <summary>Syncs; after the one that runs now, if one does. The task never fails but when the gateway stops: a failure is in the result.</summary>
    public Task<EmrRun> StartAsync(SyncRequest request)
    {
        lock (_lock)
        {
            _hasRun = true;
            _startedAt = time.GetTimestamp();
            // The driver is called before the first await, which must not hold up the asker's thread
            return _running = Task.Run(() => RunAsync(request), _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await sync.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<EmrRun> RunAsync(SyncRequest request)
    {
        EmrRun run;
        var started = time.GetUtcNow();
        try
        {
            run = await sync.RunAsync(request, _stop.Token);
        }
        catch (WorklistStoreException away)
        {
            Log.EmrSyncStoreAway(logger, request.Reason, away.Message);
            run = Failed(request, started, $"store: {away.Message}");
        }
        catch (Exception error) when (!_stop.IsCancellationRequested)
        {
            Log.EmrSyncBroke(logger, error, request.Reason);
            run = Failed(request, started, "unforeseen: The gateway's log says what went wrong.");
        }
        Last = run;
        if (run.Failure is null) LastSuccessAt = time.GetUtcNow();
        metrics.Count(run);
        await (Ended?.Invoke(run) ?? Task.CompletedTask);
        return run;
    }

    private EmrRun Failed(SyncRequest request, DateTimeOffset started, string failure) =>
        new() { StartedAt = started, Reason = request.Reason, Duration = time.GetUtcNow() - started, Failure = failure };
}
