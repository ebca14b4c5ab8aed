using Gantry.Worklist.Tables;

namespace Gantry.Worklist;

internal sealed partial class WorklistStore
{
    private readonly DeliveryTable _deliveries = new(engine.Dialect);

    public event EventHandler? OutboxWritten;

    /// <summary>Begins to hear what other processes write, where they can tell.</summary>
    public void HearOthers() => news?.Listen(() => OutboxWritten?.Invoke(this, EventArgs.Empty));

    public Task<IReadOnlyList<OutboxRun>> TakeOutboxRunsAsync(OutboxDemand demand, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return engine.WriteAsync(
            session => _deliveries.TakeAsync(session, demand, StoreTime.Text(now), StoreTime.Text(now + demand.Lease)), cancellationToken);
    }

    public Task SettleOutboxAsync(IReadOnlyList<OutboxSettlement> settlements, CancellationToken cancellationToken)
    {
        if (settlements.Count == 0) return Task.CompletedTask;
        return engine.WriteAsync(async session =>
        {
            string now = Now;
            foreach (OutboxSettlement settlement in settlements)
                await DeliveryTable.SettleAsync(session, settlement, now).ConfigureAwait(false);
            return settlements.Count;
        }, cancellationToken);
    }

    public Task<int> ReleaseOutboxAsync(OutboxTarget target, string sender, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => DeliveryTable.ReleaseAsync(session, target, sender, Now), cancellationToken));

    public Task<int> UnparkAllAsync(OutboxTarget target, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => DeliveryTable.UnparkAllAsync(session, target, Now), cancellationToken));

    public Task<bool> UnparkAsync(OutboxTarget target, long id, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => DeliveryTable.UnparkAsync(session, target, id, Now), cancellationToken));

    public Task<bool> DropParkedAsync(OutboxTarget target, long id, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => DeliveryTable.DropAsync(session, target, id), cancellationToken);

    public Task<IReadOnlyList<OutboxEntry>> WaitingAsync(OutboxTarget target, int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => _outbox.WaitingAsync(session, target, take), cancellationToken);

    public Task<bool> LetGoAsync(OutboxTarget target, long id, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => DeliveryTable.LetGoAsync(session, target, id), cancellationToken));

    public Task<int> DropWaitingAsync(OutboxTarget target, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => DeliveryTable.DropWaitingAsync(session, target, StoreTime.Text(before), most), cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        engine.WriteAsync(
            async session => await DeliveryTable.PurgeAsync(session, StoreTime.Text(before), most).ConfigureAwait(false)
                + await ActionTable.PurgeAsync(session, StoreTime.Text(before), most).ConfigureAwait(false),
            cancellationToken);

    public Task<RetentionOutcome> PurgeOldAsync(RetentionLimits limits, int most, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => RetentionTable.PurgeAsync(session, limits, most), cancellationToken);

    public Task<OrderActionOutcome> PerformOnceAsync(string actionId, OrderAction action, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actionId);
        return engine.WriteAsync(session => ActionTable.PerformAsync(session, _orders, actionId, action, Now), cancellationToken);
    }

    /// <summary>Tells that something may be due, once it is on disk.</summary>
    private async Task<T> TellingAsync<T>(Task<T> write)
    {
        T result = await write.ConfigureAwait(false);
        OutboxWritten?.Invoke(this, EventArgs.Empty);
        news?.Tell();
        return result;
    }
}
