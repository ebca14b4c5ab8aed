using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>A store that remembers how many orders were written at a time.</summary>
internal sealed class BatchSizes(IEmrOrders store) : OrdersAround(store)
{
    public List<int> Written { get; } = [];

    public override Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken)
    {
        Written.Add(batch.Writes.Count);
        return base.WriteAsync(lease, batch, cancellationToken);
    }
}
