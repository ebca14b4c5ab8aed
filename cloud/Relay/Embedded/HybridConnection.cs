namespace Gantry.Relay.Embedded;

/// <summary>A hybrid connection: its definition, and who listens and sends on it now.</summary>
internal sealed class HybridConnection(HybridConnectionDefinition definition, EmbeddedRelayOptions options)
{
    private readonly Lock _lock = new();
    private readonly List<ListenerRegistration> _listeners = [];
    private bool _removed;
    private int _connections;
    private long _relayed;

    public HybridConnectionDefinition Definition => definition;

    public int Listeners
    {
        get
        {
            lock (_lock)
                return _listeners.Count;
        }
    }

    public int Connections => Volatile.Read(ref _connections);

    public long Relayed => Interlocked.Read(ref _relayed);

    /// <summary>Takes a listener in; false when there are as many as may be.</summary>
    public bool TryAdd(ListenerRegistration listener)
    {
        lock (_lock)
        {
            if (_removed || _listeners.Count >= options.MaximumListeners)
                return false;
            _listeners.Add(listener);
            return true;
        }
    }

    public void Remove(ListenerRegistration listener)
    {
        lock (_lock)
            _listeners.Remove(listener);
    }

    /// <summary>One of the listeners, each as likely as the next; null when there is none but those passed over.</summary>
    public ListenerRegistration? Pick(IReadOnlySet<ListenerRegistration> passOver)
    {
        lock (_lock)
        {
            if (passOver.Count == 0)
                return _listeners.Count == 0 ? null : _listeners[Random.Shared.Next(_listeners.Count)];
            var left = _listeners.Where(listener => !passOver.Contains(listener)).ToList();
            return left.Count == 0 ? null : left[Random.Shared.Next(left.Count)];
        }
    }

    /// <summary>Counts a sender in; false when there are as many as may be.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connections) <= options.MaximumConnections)
            return true;
        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _connections);

    public void CountRelayed() => Interlocked.Increment(ref _relayed);

    /// <summary>Ends all listeners; none comes in any more.</summary>
    public void Close()
    {
        List<ListenerRegistration> listeners;
        lock (_lock)
        {
            _removed = true;
            listeners = [.. _listeners];
        }
        foreach (var listener in listeners)
            listener.End(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, "The hybrid connection was removed.");
    }
}
