using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>A store that lets something happen when the first orders are written.</summary>
internal sealed class WatchedStore(IEmrOrders store, Func<Task> atFirstWrite) : OrdersAround(store)
{
    private bool _hasWritten;

    public override async Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<EmrWriteResult> results = await base.WriteAsync(lease, batch, cancellationToken);
        if (!_hasWritten && results.Count > 0)
        {
            _hasWritten = true;
            await atFirstWrite();
        }
        return results;
    }
}
