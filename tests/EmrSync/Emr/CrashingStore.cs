using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>A store whose process dies at a certain write: before it, or after it is on disk.</summary>
internal sealed class CrashingStore(IEmrOrders store, int atWrite, bool after) : OrdersAround(store)
{
    private int _writes;

    public override async Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken)
    {
        bool dies = ++_writes == atWrite;
        if (dies && !after) throw new CrashException();
        IReadOnlyList<EmrWriteResult> results = await base.WriteAsync(lease, batch, cancellationToken);
        return dies ? throw new CrashException() : results;
    }
}

internal sealed class CrashException : Exception;
