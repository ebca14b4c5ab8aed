namespace Gantry.Relay.Tests;

/// <summary>A clock that stands until it is moved, and tells when somebody waits by it.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Seen)> _watchers = [];
    private long _now = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and lets every timer fire that is due by then.</summary>
    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _now, by.Ticks);
        FakeTimer[] timers;
        lock (_lock) timers = [.. _timers.Where(timer => timer.Due <= now)];
        foreach (var timer in timers) timer.FireIfDue(now);
    }

    /// <summary>Waits until somebody waits for so long, counted from now, then lets that much time pass.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await ExpectAsync(wait);
        Advance(wait);
    }

    /// <summary>Waits until somebody waits for so long, counted from now.</summary>
    public async Task ExpectAsync(TimeSpan wait)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_timers.Any(timer => timer.Due == GetTimestamp() + wait.Ticks))
                seen.SetResult();
            else
                _watchers.Add((wait, seen));
        }
        await seen.Task.WaitAsync(Patience.Long);
    }

    private void Armed(long due)
    {
        lock (_lock)
        {
            foreach (var (wait, seen) in _watchers)
            {
                if (due == GetTimestamp() + wait.Ticks) seen.TrySetResult();
            }
            _watchers.RemoveAll(watcher => watcher.Seen.Task.IsCompleted);
        }
    }

    private sealed class FakeTimer(FakeTime time, Action callback) : ITimer
    {
        private long _due = long.MaxValue;
        private long _period;

        public long Due => Interlocked.Read(ref _due);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period.Ticks;
            Interlocked.Exchange(ref _due, dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks);
            if (dueTime == TimeSpan.Zero) ThreadPool.QueueUserWorkItem(_ => FireIfDue(time.GetTimestamp()));
            else if (dueTime > TimeSpan.Zero) time.Armed(Due);
            return true;
        }

        public void FireIfDue(long now)
        {
            if (now < Due) return;
            Interlocked.Exchange(ref _due, _period > 0 ? now + _period : long.MaxValue);
            callback();
        }

        public void Dispose() => Interlocked.Exchange(ref _due, long.MaxValue);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

/// <summary>How long a test waits for what must come; only a failing test ever waits so long.</summary>
internal static class Patience
{
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Long);

    public static Task Soon(this Task task) => task.WaitAsync(Long);
}
