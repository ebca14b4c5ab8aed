namespace Gantry.Dicom.Tests.Network;

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock and lets every timer fire that is due by then, once.</summary>
    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _now, by.Ticks);
        FakeTimer[] timers;
        lock (_lock) timers = [.. _timers];
        foreach (var timer in timers) timer.FireIfDue(now);
    }

    /// <summary>
    /// Moves the clock step by step until the task is done, for a task that a deadline set on another thread has to end.
    /// </summary>
    public Task AdvanceUntilAsync(Task task, TimeSpan step) => Eventually.DoneAsync(task, () =>
    {
        Advance(step);
        return Task.CompletedTask;
    });

    private sealed class FakeTimer(FakeTime time, Action callback) : ITimer
    {
        private long _due = long.MaxValue, _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            _period = period.Ticks;
            return true;
        }

        public void FireIfDue(long now)
        {
            if (now < _due) return;
            _due = _period > 0 ? now + _period : long.MaxValue;
            callback();
        }

        public void Dispose() => _due = long.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
