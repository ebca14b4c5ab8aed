using Gantry.Odbc.Native;

namespace Gantry.Odbc.Running;

/// <summary>
/// Watches one native call: stops it (SQLCancelHandle) when its time is up or its caller has had enough, and tells the caller
/// to go away if the driver does not come back even then.
/// </summary>
internal sealed class CallGuard : IDisposable
{
    /// <summary>How long a driver may take to notice that it was cancelled.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _order = new();
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OdbcLink _link;
    private readonly StatementHandle _statement;
    private readonly TimeProvider _time;
    private readonly int _timeoutSeconds;
    private readonly ITimer? _timer;
    private ITimer? _graceTimer;
    private volatile bool _isDone;
    private Stop _stop;

    /// <param name="link">The connection the call runs on.</param>
    /// <param name="statement">What is cancelled.</param>
    /// <param name="timeoutSeconds">0: for ever.</param>
    /// <param name="time">The clock.</param>
    public CallGuard(OdbcLink link, StatementHandle statement, int timeoutSeconds, TimeProvider time)
    {
        (_link, _statement, _timeoutSeconds, _time) = (link, statement, timeoutSeconds, time);
        if (timeoutSeconds > 0)
        {
            _timer = time.CreateTimer(static guard => ((CallGuard)guard!).End(Stop.TimedOut), this,
                TimeSpan.FromSeconds(timeoutSeconds), Timeout.InfiniteTimeSpan);
        }
    }

    private enum Stop
    {
        None,
        TimedOut,
        Cancelled,
    }

    /// <summary>Ends when the driver has not come back within the grace after it was cancelled.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>The caller does not want the answer any more.</summary>
    public void Cancel() => End(Stop.Cancelled);

    /// <summary>The native call has returned. After this no cancel is sent, so none can hit the next call.</summary>
    public void Done()
    {
        lock (_order) _isDone = true;
    }

    /// <summary>What the caller is told about a failure: its own cancellation, a time-out, or the failure itself.</summary>
    public Exception Explain(OdbcException? failure, CancellationToken cancellationToken)
    {
        if (_stop == Stop.Cancelled) return new OperationCanceledException("The statement was cancelled.", failure, cancellationToken);
        if (_stop == Stop.TimedOut)
        {
            failure = new OdbcException(failure?.Phase ?? "Waiting for the server",
                [new OdbcError("HYT00", 0, $"Command time-out: no answer within {_timeoutSeconds} s."), .. failure?.Errors ?? []], failure);
        }
        _link.Learn(failure!);
        return failure!;
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _graceTimer?.Dispose();
    }

    private void End(Stop reason)
    {
        // No lock: who holds it may be waiting for the driver, and the caller of Cancel must not
        if (_isDone || Interlocked.CompareExchange(ref _stop, reason, Stop.None) != Stop.None) return;
        _link.Spoil();
        _graceTimer = _time.CreateTimer(static guard => ((CallGuard)guard!)._abandoned.TrySetResult(), this, Grace, Timeout.InfiniteTimeSpan);
        // Not on this thread: a driver may have to connect once more to cancel, and the caller of Cancel must not wait for that
        ThreadPool.UnsafeQueueUserWorkItem(static guard =>
        {
            lock (guard._order)
            {
                if (!guard._isDone) guard._statement.Cancel();
            }
        }, this, preferLocal: false);
    }
}
