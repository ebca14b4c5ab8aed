using Gantry.EmrSync.Reading;
using Gantry.Worklist;

namespace Gantry.EmrSync.Sync;

/// <summary>Orders of these days that the EMR had once and no longer has: they are cancelled, unless too many are gone at once.</summary>
internal sealed class MissingOrders(
    Claims claims, IEmrOrders store, EmrLease lease, IReadOnlyList<WorklistColumn> columns, EmrSyncOptions options, QueryWindow window,
    SyncCounts counts)
{
    private const int Page = 2000;
    private const int AlwaysBelieved = 20;

    /// <exception cref="EmrSyncException">Too many are gone; nothing was cancelled.</exception>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        var missing = new List<EmrOrder>();
        int live = 0;
        string after = "";
        while (await store.PageAsync(after, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Key;
            foreach (EmrOrder order in page)
            {
                if (!IsInWindow(order)) continue;
                if (order.State == EmrOrderState.Live) live++;
                if (!claims.Saw(order.Key) && !(order.Owns && order.State == EmrOrderState.Cancelled)) missing.Add(order);
            }
        }
        int gone = missing.Count(static order => order.State == EmrOrderState.Live);
        if (gone > AlwaysBelieved && gone * 100L > live * (long)options.MissingLimit)
            throw new EmrSyncException("compare", $"{gone} of {live} orders are gone from the EMR at once, which is more than EmrSync:MissingLimit "
                + $"({options.MissingLimit} %), so none of them was cancelled. If the EMR is right, set MissingLimit to 100 for one sync; "
                + "else look at the query and the EMR.");
        await WriteAsync(missing, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(List<EmrOrder> missing, CancellationToken cancellationToken)
    {
        // What never owned an order in the worklist leaves nothing behind
        foreach (EmrOrder[] batch in missing.Where(static order => !order.Owns).Chunk(options.BatchRows))
            await store.ForgetAsync(lease, [.. batch.Select(static order => order.Key)], cancellationToken).ConfigureAwait(false);
        foreach (EmrOrder[] batch in missing.Where(static order => order.Owns).Chunk(options.BatchRows))
        {
            EmrOrderWrite[] writes =
            [
                .. batch.Select(static order => new EmrOrderWrite
                {
                    Order = order with { State = EmrOrderState.Cancelled, Hash = "" },
                    Before = order,
                }),
            ];
            foreach (EmrWriteResult result in await store.WriteAsync(lease, new EmrBatch(columns, writes), cancellationToken).ConfigureAwait(false))
                counts.Count(result, EmrOrderState.Cancelled);
        }
    }

    private bool IsInWindow(EmrOrder order) => order.ScheduledDate is not { } date
        || (string.CompareOrdinal(date, window.FromText) >= 0 && string.CompareOrdinal(date, window.ToText) <= 0);
}
