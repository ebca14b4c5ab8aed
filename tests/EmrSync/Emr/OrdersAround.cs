using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>A store that does what another does; heirs let something happen at its writes.</summary>
internal abstract class OrdersAround(IEmrOrders store) : IEmrOrders
{
    public virtual Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken) =>
        store.WriteAsync(lease, batch, cancellationToken);

    public Task<EmrLease?> TakeLeaseAsync(string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        store.TakeLeaseAsync(owner, duration, cancellationToken);

    public Task<bool> RenewLeaseAsync(EmrLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        store.RenewLeaseAsync(lease, duration, cancellationToken);

    public Task ReleaseLeaseAsync(EmrLease lease, CancellationToken cancellationToken) => store.ReleaseLeaseAsync(lease, cancellationToken);

    public Task<EmrMark> MarkAsync(CancellationToken cancellationToken) => store.MarkAsync(cancellationToken);

    public Task<IReadOnlyList<EmrOrder>> FindAsync(
        IReadOnlyList<string> keys, IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken) =>
        store.FindAsync(keys, accessionNumbers, cancellationToken);

    public Task<IReadOnlyList<EmrExam>> ExamsAsync(IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken) =>
        store.ExamsAsync(accessionNumbers, cancellationToken);

    public Task<IReadOnlyList<EmrOrder>> PageAsync(string afterKey, int take, CancellationToken cancellationToken) =>
        store.PageAsync(afterKey, take, cancellationToken);

    public Task ForgetAsync(EmrLease lease, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        store.ForgetAsync(lease, keys, cancellationToken);

    public Task AddRunAsync(EmrRun run, CancellationToken cancellationToken) => store.AddRunAsync(run, cancellationToken);

    public Task<IReadOnlyList<EmrRun>> RunsAsync(int take, CancellationToken cancellationToken) => store.RunsAsync(take, cancellationToken);
}
