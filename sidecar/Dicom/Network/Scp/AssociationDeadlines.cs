using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>Which deadline of an association has passed.</summary>
internal enum DeadlineKind
{
    /// <summary>None.</summary>
    None,
    /// <summary>ARTIM: no A-ASSOCIATE-RQ came, or the peer did not close (PS3.8 9.1.5).</summary>
    Artim,
    /// <summary>Nothing happened for too long.</summary>
    Idle,
    /// <summary>A message began and did not come whole in time.</summary>
    Message,
    /// <summary>The peer did not take what was sent.</summary>
    Send,
    /// <summary>The listener stops and does not wait any longer.</summary>
    Shutdown,
}

/// <summary>
/// The deadlines of one association: two moments that its read loop sets and the listener's sweep compares with the clock,
/// so that there is no timer per operation. Passing the first time cancels what waits, and the read loop acts on it; a
/// deadline that passes after that closes the connection.
/// </summary>
internal sealed class AssociationDeadlines(AssociationHost host, Transport transport) : IDisposable
{
    private const long Never = long.MaxValue;
    private readonly CancellationTokenSource _working = new();
    private volatile CancellationTokenSource _reading = new();
    private long _readAt = Never, _sendAt = Never;
    private DeadlineKind _readKind;
    private int _expired;

    /// <summary>Ends a read that waits: upon a deadline, or when the listener drains.</summary>
    public CancellationToken Reading => _reading.Token;

    /// <summary>Ends operations and sends: upon a deadline, or when the association is over.</summary>
    public CancellationToken Working => _working.Token;

    public DeadlineKind Expired => (DeadlineKind)Volatile.Read(ref _expired);

    /// <summary>The next read has to bring something within this time.</summary>
    public void ExpectRead(DeadlineKind kind, long at)
    {
        _readKind = kind;
        Volatile.Write(ref _readAt, at);
    }

    public void ExpectRead(DeadlineKind kind, TimeSpan timeout) => ExpectRead(kind, host.Deadline(timeout));

    public void ExpectNothing() => Volatile.Write(ref _readAt, Never);

    public void BeginSend() => Volatile.Write(ref _sendAt, host.Deadline(host.Options.SendTimeout));

    public void EndSend() => Volatile.Write(ref _sendAt, Never);

    /// <summary>The sweep: compares with the clock.</summary>
    public void Check(long now)
    {
        if (now >= Volatile.Read(ref _sendAt)) Expire(DeadlineKind.Send);
        else if (now >= Volatile.Read(ref _readAt)) Expire(_readKind);
    }

    /// <summary>Lets a deadline pass now.</summary>
    public void Expire(DeadlineKind kind)
    {
        if (Interlocked.CompareExchange(ref _expired, (int)kind, (int)DeadlineKind.None) != (int)DeadlineKind.None)
        {
            transport.Dispose();
            return;
        }
        // What follows is bounded too: the abort, and the peer's closing
        Volatile.Write(ref _readAt, host.Deadline(host.Options.ArtimTimeout));
        Volatile.Write(ref _sendAt, Never);
        StopReading();
        StopWorking();
    }

    /// <summary>Wakes the read loop up.</summary>
    public void StopReading() => Cancel(_reading);

    /// <summary>Lets reads wait again after the loop was woken up; called by the loop.</summary>
    public void AllowReading()
    {
        var woken = _reading;
        _reading = new CancellationTokenSource();
        woken.Dispose();
    }

    /// <summary>Tells operations that the association is over.</summary>
    public void StopWorking() => Cancel(_working);

    public void Dispose()
    {
        _reading.Dispose();
        _working.Dispose();
    }

    private void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The association has ended meanwhile
        }
        catch (AggregateException e)
        {
            // A service's own callback failed
            host.LoggerFor(transport.RemoteEndPoint.Address, LogLevel.Error).AssociationFault(e, 0, transport.RemoteEndPoint);
        }
    }
}
