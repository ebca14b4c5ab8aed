using Gantry.EmrSync.Sync;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Gantry.Sidecar.Emr;

/// <summary>
/// Syncs with the EMR when a modality asks for its worklist. However many ask at once, the EMR is asked once; nobody waits longer
/// than the budget, counted from the first who asked; and after a failure or a sync that took too long nobody waits at all for a while.
/// </summary>
internal sealed class QuerySync : IFreshOrders
{
    private const int LongestBreak = 10;

    private readonly OrderRuns _runs;
    private readonly EmrSyncSection _settings;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly Lock _lock = new();
    private Task _flight = Task.CompletedTask;
    private volatile Task? _tooSlow;
    private long _pausedUntil;

    public QuerySync(OrderRuns runs, SidecarSettings settings, TimeProvider time, ILogger<QuerySync> logger)
    {
        (_runs, _settings, _time) = (runs, settings.EmrSync, time);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // One failure is enough, so any share of the calls counts; Polly wants two calls before it decides
                FailureRatio = 0.0001,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromHours(1),
                BreakDurationGenerator = opened => ValueTask.FromResult(
                    _settings.QueryBreak * Math.Min(LongestBreak, Math.Pow(2, opened.HalfOpenAttempts))),
                StateProvider = _state,
                ManualControl = _control,
                ShouldHandle = new PredicateBuilder().Handle<TimeoutRejectedException>().Handle<EmrAwayException>(),
                OnOpened = opened =>
                {
                    Interlocked.Exchange(ref _pausedUntil, (time.GetUtcNow() + opened.BreakDuration).UtcTicks);
                    Log.QuerySyncPaused(logger, opened.BreakDuration.TotalSeconds,
                        opened.Outcome.Exception is EmrAwayException away ? away.Message : "It took longer than EmrSync:QueryBudget.");
                    return default;
                },
                OnClosed = _ =>
                {
                    Log.QuerySyncResumed(logger);
                    return default;
                },
            })
            .AddTimeout(_settings.QueryBudget)
            .Build();
        runs.Ended += CloseAfterSuccessAsync;
    }

    /// <summary>True while queries do not wait for the EMR because it failed or was too slow.</summary>
    public bool IsPaused => _state.CircuitState == CircuitState.Open && _time.GetUtcNow().UtcTicks < Interlocked.Read(ref _pausedUntil);

    public ValueTask FreshenAsync(Peer peer, IReadOnlyList<OrderStatus> statuses, CancellationToken cancellationToken)
    {
        if (!peer.SyncsOnQuery || IsPaused || !Lists(statuses)) return default;
        var flight = Join();
        return flight.IsCompleted ? default : new(flight.WaitAsync(cancellationToken));
    }

    /// <summary>The flight under way, or a new one where the worklist is not new enough. It never fails, and ends within the budget.</summary>
    private Task Join()
    {
        lock (_lock)
        {
            if (!_flight.IsCompleted) return _flight;
            var running = _runs.Running;
            // What outlasted the budget once is not waited for again; it goes on by itself
            var isWorthIt = running is null ? !_runs.BeganWithin(_settings.QueryMinimumAge) : running != _tooSlow;
            return isWorthIt ? _flight = FlyAsync() : Task.CompletedTask;
        }
    }

    private async Task FlyAsync()
    {
        Task? run = null;
        try
        {
            await _pipeline.ExecuteAsync(async cancellationToken =>
            {
                var sync = _runs.Running ?? _runs.StartAsync(new(SyncRequest.Query, SyncScope.New));
                run = sync;
                if ((await sync.WaitAsync(cancellationToken)).Failure is { } failure) throw new EmrAwayException(failure);
            });
        }
        catch (TimeoutRejectedException)
        {
            _tooSlow = run;
        }
        catch (Exception error) when (error is EmrAwayException or BrokenCircuitException or OperationCanceledException)
        {
            // The breaker took note, or the gateway stops; the answer is made of what is there
        }
    }

    private static bool Lists(IReadOnlyList<OrderStatus> statuses)
    {
        for (var i = 0; i < statuses.Count; i++)
            if (statuses[i] == OrderStatus.Scheduled) return true;
        return false;
    }

    /// <summary>A sync that went well, by schedule or by hand, is proof enough.</summary>
    private Task CloseAfterSuccessAsync(EmrRun run) =>
        run.Failure is null && run.Duration < _settings.QueryBudget && _state.CircuitState == CircuitState.Open ? _control.CloseAsync() : Task.CompletedTask;

    private sealed class EmrAwayException(string failure) : Exception(failure);
}
