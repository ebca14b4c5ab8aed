namespace Gantry.Worklist;

/// <summary>
/// The orders that came from the EMR. Orders of anybody else (cloud, REST, sqlite3) are never touched, and neither is the status of
/// an exam that was started: a cancelled order is DISCONTINUED without a performed step, and only such a one is ever SCHEDULED again.
/// </summary>
public interface IEmrOrders
{
    /// <summary>Takes the right to write; null if another process has it. One whose owner died is free after its duration.</summary>
    Task<EmrLease?> TakeLeaseAsync(string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Keeps the right for this long from now; false if it was lost.</summary>
    Task<bool> RenewLeaseAsync(EmrLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives the right back.</summary>
    Task ReleaseLeaseAsync(EmrLease lease, CancellationToken cancellationToken);

    /// <summary>How far the EMR was read.</summary>
    Task<EmrMark> MarkAsync(CancellationToken cancellationToken);

    /// <summary>What is remembered of orders with these keys, and of those that own an order with these accession numbers.</summary>
    Task<IReadOnlyList<EmrOrder>> FindAsync(
        IReadOnlyList<string> keys, IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken);

    /// <summary>Those of these accession numbers whose orders in the worklist came from the EMR.</summary>
    Task<IReadOnlyList<EmrExam>> ExamsAsync(IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken);

    /// <summary>A page of all that is remembered, by key.</summary>
    Task<IReadOnlyList<EmrOrder>> PageAsync(string afterKey, int take, CancellationToken cancellationToken);

    /// <summary>Writes orders in one transaction, durable when the task completes. Results are in the same order.</summary>
    /// <exception cref="EmrLeaseLostException">Another process has the right; nothing was written.</exception>
    Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken);

    /// <summary>Forgets orders that the EMR no longer has and that own nothing in the worklist.</summary>
    /// <exception cref="EmrLeaseLostException">Another process has the right; nothing was written.</exception>
    Task ForgetAsync(EmrLease lease, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Notes a sync that ended; the newest 100 are kept.</summary>
    Task AddRunAsync(EmrRun run, CancellationToken cancellationToken);

    /// <summary>The newest syncs, of any process.</summary>
    Task<IReadOnlyList<EmrRun>> RunsAsync(int take, CancellationToken cancellationToken);
}

/// <summary>Another process has taken over the sync with the EMR; this one wrote nothing more.</summary>
public sealed class EmrLeaseLostException : Exception
{
    /// <summary>Makes one.</summary>
    public EmrLeaseLostException()
        : base("Another process has taken over the sync with the EMR. It goes on there; nothing is lost.")
    {
    }
}
