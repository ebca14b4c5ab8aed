namespace Gantry.Dicom.Network;

/// <summary>
/// The bytes that all associations of a listener together may hold in data sets of requests. Each association has its own
/// bound, but there may be thousands of them.
/// </summary>
internal sealed class ReceiveBudget(long maximum)
{
    private long _held;

    /// <summary>Bytes that are held now.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Takes so many bytes, or none and says so.</summary>
    public bool TryTake(int count)
    {
        if (Interlocked.Add(ref _held, count) <= maximum) return true;
        Interlocked.Add(ref _held, -count);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(int count) => Interlocked.Add(ref _held, -count);
}
