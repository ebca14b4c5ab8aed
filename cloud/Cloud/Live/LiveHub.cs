using System.Threading.Channels;

namespace Gantry.Cloud.Live;

/// <summary>Hands events on to the open streams of this instance. A stream that does not keep up is ended; its browser comes back.</summary>
internal sealed class LiveHub
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<LiveSubscription>> _clinics = [];
    private int _open;
    private long _dropped;

    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Open => Volatile.Read(ref _open);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>From here on everything that is committed is published.</summary>
    public void BeginsToRead() => _reading.TrySetResult();

    /// <summary>Returns when everything that is committed from now on is published.</summary>
    public Task WaitUntilReadAsync(CancellationToken cancellationToken) => _reading.Task.WaitAsync(cancellationToken);

    public LiveSubscription Subscribe(Guid clinic)
    {
        var subscription = new LiveSubscription(this, clinic);
        lock (_lock)
        {
            if (!_clinics.TryGetValue(clinic, out var readers))
                _clinics[clinic] = readers = [];
            readers.Add(subscription);
            _open++;
        }
        return subscription;
    }

    public void Publish(LiveEvent happened)
    {
        lock (_lock)
        {
            if (_clinics.TryGetValue(happened.ClinicId, out var readers))
                readers.ForEach(reader => Offer(reader, happened));
        }
    }

    /// <summary>Lets every stream say that it is alive.</summary>
    public void Beat()
    {
        lock (_lock)
        {
            foreach (var readers in _clinics.Values)
                readers.ForEach(reader => Offer(reader, null));
        }
    }

    internal void Leave(LiveSubscription subscription)
    {
        lock (_lock)
        {
            if (!_clinics.TryGetValue(subscription.Clinic, out var readers) || !readers.Remove(subscription))
                return;
            _open--;
            if (readers.Count == 0)
                _clinics.Remove(subscription.Clinic);
        }
    }

    private void Offer(LiveSubscription reader, LiveEvent? happened)
    {
        if (!reader.Events.Writer.TryWrite(happened) && reader.Events.Writer.TryComplete())
            Interlocked.Increment(ref _dropped);
    }
}

/// <summary>One open stream. Null among its events is a heart-beat.</summary>
internal sealed class LiveSubscription(LiveHub hub, Guid clinic) : IDisposable
{
    /// <summary>So many may wait for a slow browser: what a few readings bring at once. They are shared, so one more stream costs next to nothing.</summary>
    private const int Capacity = 4096;

    public Guid Clinic => clinic;

    public Channel<LiveEvent?> Events { get; } =
        Channel.CreateBounded<LiveEvent?>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public void Dispose() => hub.Leave(this);
}
