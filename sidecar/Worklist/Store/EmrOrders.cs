using Gantry.Worklist.Engines;
using Gantry.Worklist.Tables;

namespace Gantry.Worklist;

/// <summary>The EMR's side of the store.</summary>
internal sealed class EmrOrders(IEngine engine, TimeProvider time) : IEmrOrders
{
    private const string IsForeign = "The worklist has an order with this accession number that did not come from the EMR; it was left as it is. "
        + "Remove it, or give one of the two another accession number.";

    private readonly EmrSyncTable _sync = new(engine.Dialect);
    private EmrItemTable _items = new([]);

    private string Now => StoreTime.Text(time.GetUtcNow());

    /// <summary>Under which name an order of the EMR stands in the list of what is set aside.</summary>
    public static string Reference(string key) => $"EMR {key}";

    public Task<EmrLease?> TakeLeaseAsync(string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => EmrSyncTable.TakeAsync(session, owner, Now, After(duration)), cancellationToken);

    public Task<bool> RenewLeaseAsync(EmrLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => EmrSyncTable.RenewAsync(session, lease, After(duration)), cancellationToken);

    public Task ReleaseLeaseAsync(EmrLease lease, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => EmrSyncTable.ReleaseAsync(session, lease), cancellationToken);

    public Task<EmrMark> MarkAsync(CancellationToken cancellationToken) => engine.ReadAsync(EmrSyncTable.MarkAsync, cancellationToken);

    public Task<IReadOnlyList<EmrOrder>> FindAsync(
        IReadOnlyList<string> keys, IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => EmrOrderTable.FindAsync(session, keys, accessionNumbers), cancellationToken);

    public Task<IReadOnlyList<EmrExam>> ExamsAsync(IReadOnlyList<string> accessionNumbers, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => EmrOrderTable.ExamsAsync(session, accessionNumbers), cancellationToken);

    public Task<IReadOnlyList<EmrOrder>> PageAsync(string afterKey, int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => EmrOrderTable.PageAsync(session, afterKey, take), cancellationToken);

    public Task<IReadOnlyList<EmrWriteResult>> WriteAsync(EmrLease lease, EmrBatch batch, CancellationToken cancellationToken)
    {
        EmrItemTable items = ItemsFor(batch.Columns);
        return engine.WriteAsync<IReadOnlyList<EmrWriteResult>>(async session =>
        {
            await _sync.CheckAsync(session, lease).ConfigureAwait(false);
            var results = new EmrWriteResult[batch.Writes.Count];
            for (int index = 0; index < results.Length; index++)
                results[index] = await WriteAsync(session, items, batch.Writes[index], Now).ConfigureAwait(false);
            if (batch.Mark is not null) await EmrSyncTable.PutMarkAsync(session, batch.Mark).ConfigureAwait(false);
            return results;
        }, cancellationToken);
    }

    public Task ForgetAsync(EmrLease lease, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        engine.WriteAsync(async session =>
        {
            await _sync.CheckAsync(session, lease).ConfigureAwait(false);
            foreach (string key in keys)
            {
                await EmrOrderTable.DeleteAsync(session, key).ConfigureAwait(false);
                await SetAsideTable.ClearAsync(session, Reference(key)).ConfigureAwait(false);
            }
            return keys.Count;
        }, cancellationToken);

    public Task AddRunAsync(EmrRun run, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => EmrSyncTable.AddRunAsync(session, run), cancellationToken);

    public Task<IReadOnlyList<EmrRun>> RunsAsync(int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => EmrSyncTable.RunsAsync(session, take), cancellationToken);

    private static async ValueTask<EmrWriteResult> WriteAsync(ISession session, EmrItemTable items, EmrOrderWrite write, string now)
    {
        EmrOrder order = write.Order;
        if (write.LooksUp) write = await LookUpAsync(session, write).ConfigureAwait(false);
        bool owns = write.Before?.Owns == true;
        bool wasWithdrawn = owns && write.Before!.State != EmrOrderState.Live;
        if (owns && write.Before!.AccessionNumber != order.AccessionNumber)
        {
            // The number was corrected. An exam that was started under the old one keeps it
            await EmrItemTable.RemoveAsync(session, write.Before.AccessionNumber, wasWithdrawn).ConfigureAwait(false);
            (owns, wasWithdrawn) = (false, false);
        }
        if (write.Holder is { } holder && !owns && write.Item is not null)
        {
            await EmrOrderTable.GiveUpAsync(session, holder.Key).ConfigureAwait(false);
            wasWithdrawn = holder.State != EmrOrderState.Live;
            // The EMR made the order anew. For the same patient it is still that exam, and its study UID is with modalities already
            owns = await EmrItemTable.IsForAsync(session, write.Item).ConfigureAwait(false);
            if (!owns)
                await EmrItemTable.RemoveAsync(session, order.AccessionNumber, wasWithdrawn).ConfigureAwait(false);
        }

        EmrWriteResult result = EmrWriteResult.Noted;
        string? reason = write.Reason;
        if (write.Item is { } item)
        {
            if (owns && await items.UpdateAsync(session, item, wasWithdrawn, now).ConfigureAwait(false))
                result = wasWithdrawn ? EmrWriteResult.Reinstated : EmrWriteResult.Changed;
            else if (await EmrItemTable.InsertAsync(session, item, now).ConfigureAwait(false))
                (result, owns) = (EmrWriteResult.Added, true);
            else
                (result, owns, reason, order) =
                    (EmrWriteResult.Foreign, false, IsForeign, order with { State = EmrOrderState.Unusable, Hash = "" });
        }
        else if (owns && await EmrItemTable.WithdrawAsync(session, order.AccessionNumber, now).ConfigureAwait(false))
        {
            result = EmrWriteResult.Withdrawn;
        }

        await EmrOrderTable.PutAsync(session, order with { Owns = owns }).ConfigureAwait(false);
        if (reason is not null) await SetAsideTable.PutAsync(session, Reference(order.Key), reason, now).ConfigureAwait(false);
        else if (write.Before?.State is EmrOrderState.Unusable or EmrOrderState.Ambiguous)
            await SetAsideTable.ClearAsync(session, Reference(order.Key)).ConfigureAwait(false);
        return result;
    }

    private static async ValueTask<EmrOrderWrite> LookUpAsync(ISession session, EmrOrderWrite write)
    {
        string[] numbers = write.Order.AccessionNumber.Length > 0 ? [write.Order.AccessionNumber] : [];
        IReadOnlyList<EmrOrder> found = await EmrOrderTable.FindAsync(session, [write.Order.Key], numbers).ConfigureAwait(false);
        return write with
        {
            Before = found.FirstOrDefault(order => order.Key == write.Order.Key),
            Holder = found.FirstOrDefault(order => order.Key != write.Order.Key && order.Owns),
        };
    }

    private EmrItemTable ItemsFor(IReadOnlyList<WorklistColumn> columns)
    {
        EmrItemTable items = _items;
        if (!items.Describes(columns)) _items = items = new EmrItemTable(columns);
        return items;
    }

    private string After(TimeSpan duration) => StoreTime.Text(time.GetUtcNow() + duration);
}
