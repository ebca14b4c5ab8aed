namespace Orthanc.Net;

/// <summary>
/// Holds back what stands behind a missing sequence number, until the number appears or patience ends: a writer that took the
/// number may not have finished. Most gaps are of no meaning (what was deleted takes its changes along).
/// </summary>
internal sealed class ChangeGap(TimeSpan patience, TimeProvider time)
{
    private long _missing;
    private long _since;

    /// <summary>True if the last page was cut short.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>The changes that may be told now.</summary>
    public IReadOnlyList<OrthancChange> Settled(IReadOnlyList<OrthancChange> changes, long position, bool isEndOfFeed)
    {
        IsHolding = false;
        if (patience <= TimeSpan.Zero || !isEndOfFeed)
            return changes;
        for (var i = 0; i < changes.Count; i++)
        {
            var missing = (i == 0 ? position : changes[i - 1].Sequence) + 1;
            if (changes[i].Sequence == missing || HasWaitedFor(missing))
                continue;
            IsHolding = true;
            return [.. changes.Take(i)];
        }
        return changes;
    }

    private bool HasWaitedFor(long missing)
    {
        if (_missing < missing)
            (_missing, _since) = (missing, time.GetTimestamp());
        return _missing > missing || time.GetElapsedTime(_since) >= patience;
    }
}
