using System.Threading.Channels;

namespace Orthanc.Net.Tests;

/// <summary>A clock that stands until it is moved, and tells which timers were set.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp() + TimeSpan.TicksPerDay, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_lock)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody sets a timer of this length, and lets it run out.</summary>
    public async Task RunOutAsync(TimeSpan length)
    {
        await foreach (var set in _set.Reader.ReadAllAsync())
        {
            if (set == length)
                break;
        }
        Advance(length);
    }

    private void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _now, by.Ticks);
        ManualTimer[] timers;
        lock (_lock)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.FireIfDue(now);
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private long _due = long.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Exchange(ref _due, dueTime < TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks);
            if (dueTime >= TimeSpan.Zero)
                time._set.Writer.TryWrite(dueTime);
            return true;
        }

        public void FireIfDue(long now)
        {
            if (Interlocked.Read(ref _due) <= now && Interlocked.Exchange(ref _due, long.MaxValue) <= now)
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
