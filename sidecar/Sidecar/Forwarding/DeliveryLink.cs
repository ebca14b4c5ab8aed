namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// Whether the other side can be reached. When it cannot, nothing is tried but one message after each pause, so that neither log nor line
/// is flooded by all that waits. Many senders fail at once: only failures of attempts that began after the last one count.
/// </summary>
internal sealed class DeliveryLink(DeliveryRoute route, TimeProvider time, ILogger<DeliveryLink> logger)
{
    /// <summary>So many errors in a row, from whatever messages, are the other side's trouble and not the messages'.</summary>
    private const int MostErrorsInRow = 10;

    private readonly Lock _gate = new();
    private LinkOutage? _outage;
    private DateTimeOffset? _lastSuccess;
    private DeliveryFailure? _lastFailure;
    private long _round;
    private int _failures;
    private int _errors;

    /// <summary>Why nothing is sent; null if all is well.</summary>
    public LinkOutage? Outage
    {
        get
        {
            lock (_gate)
                return _outage;
        }
    }

    /// <summary>When something was delivered last.</summary>
    public DateTimeOffset? LastSuccess
    {
        get
        {
            lock (_gate)
                return _lastSuccess;
        }
    }

    /// <summary>What went wrong last, with the line or with a message; null for nothing.</summary>
    public DeliveryFailure? LastFailure
    {
        get
        {
            lock (_gate)
                return _lastFailure;
        }
    }

    /// <summary>To be given back with what came of an attempt.</summary>
    public long Round
    {
        get
        {
            lock (_gate)
                return _round;
        }
    }

    /// <summary>The other side, or what lies before it, cannot be reached.</summary>
    public void Broke(long round, string phase, string reason)
    {
        LinkOutage? begun = null;
        lock (_gate)
        {
            if (round != _round)
                return;
            _round++;
            _lastFailure = new(time.GetUtcNow(), reason);
            var pause = Pauses.After(++_failures, route);
            if (_outage is null)
                begun = new(phase, reason, time.GetUtcNow(), default);
            _outage = new(phase, reason, _outage?.Since ?? time.GetUtcNow(), time.GetUtcNow() + pause);
            _errors = 0;
        }
        if (begun is not null)
            Log.PeerAway(logger, route.Peer, phase, reason);
    }

    /// <summary>The other side has answered a message with an error.</summary>
    public void Erred(long round, string reason)
    {
        bool tooMany;
        lock (_gate)
        {
            _lastFailure = new(time.GetUtcNow(), reason);
            tooMany = ++_errors >= MostErrorsInRow;
        }
        if (tooMany)
            Broke(round, "await reply", $"{route.Peer} answers every message with an error, the last time with: {reason}");
    }

    /// <summary>A message was delivered, or refused for what it says: the link works.</summary>
    public void Worked()
    {
        LinkOutage? over;
        lock (_gate)
        {
            (over, _outage) = (_outage, null);
            (_failures, _errors) = (0, 0);
            _lastSuccess = time.GetUtcNow();
        }
        if (over is not null)
            Log.PeerBack(logger, route.Peer, (time.GetUtcNow() - over.Since).TotalSeconds);
    }
}

/// <summary>Why nothing is sent.</summary>
/// <param name="Phase">How far the last attempt came.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Since">Since when.</param>
/// <param name="NextAttempt">When it is tried again.</param>
internal sealed record LinkOutage(string Phase, string Reason, DateTimeOffset Since, DateTimeOffset NextAttempt);

/// <summary>Something that went wrong.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why.</param>
internal sealed record DeliveryFailure(DateTimeOffset At, string Reason);

/// <summary>Pauses that double up to the longest, shortened by chance to as little as a half so that many do not come at once.</summary>
internal static class Pauses
{
    /// <param name="failures">How often it has failed, from 1.</param>
    /// <param name="route">Says the first and the longest.</param>
    public static TimeSpan After(int failures, DeliveryRoute route)
    {
        // 2^20 times the first pause is beyond every longest one
        var whole = route.FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return (whole < route.LongestPause ? whole : route.LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
