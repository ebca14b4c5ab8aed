namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary>What the EMR's counts of changed rows have taught: an EMR that never counted any (NOCOUNT) proves nothing by saying 0.</summary>
internal sealed class WriteBackTally
{
    private long _unconfirmed;
    private volatile bool _countsRows;

    /// <summary>True once it has told of a changed row.</summary>
    public bool CountsRows => _countsRows;

    /// <summary>Statuses that it took without telling of a changed row, since the start.</summary>
    public long Unconfirmed => Interlocked.Read(ref _unconfirmed);

    /// <summary>Notes the counts of what was told together.</summary>
    public void Learn(IReadOnlyList<int> rows)
    {
        if (rows.Any(static count => count > 0))
            _countsRows = true;
        Interlocked.Add(ref _unconfirmed, rows.Count(count => count < 0 || (count == 0 && !_countsRows)));
    }
}
