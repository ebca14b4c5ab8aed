using System.Text;
using Gantry.Worklist.Engines;
using Gantry.Worklist.Engines.Postgres;
using Gantry.Worklist.Tables;

namespace Gantry.Worklist;

/// <summary>The store, the same on both engines: each operation is one read or one write of a table.</summary>
internal sealed partial class WorklistStore(IEngine engine, IReadOnlySet<OutboxTarget> statusTargets, TimeProvider time, OutboxNews? news) : IWorklistStore
{
    private readonly OrderTable _orders = new(engine.Dialect);
    private readonly OutboxTable _outbox = new(engine.Dialect, statusTargets);
    private readonly StepTable _steps = new(engine.Dialect, new OutboxTable(engine.Dialect, statusTargets), time);

    public IEmrOrders Emr { get; } = new EmrOrders(engine, time);

    private string Now => StoreTime.Text(time.GetUtcNow());

    public ValueTask<IWorklistCursor> QueryAsync(WorklistCriteria criteria, CancellationToken cancellationToken) =>
        engine.OpenCursorAsync(criteria, cancellationToken);

    public async Task<IReadOnlyList<WorklistItem>> FindAsync(WorklistFilter filter, CancellationToken cancellationToken)
    {
        var items = new List<WorklistItem>();
        IWorklistCursor cursor = await engine.OpenCursorAsync(filter.Criteria, cancellationToken).ConfigureAwait(false);
        await using (cursor.ConfigureAwait(false))
        {
            for (int skip = filter.Skip; skip > 0; skip--)
                if (!await cursor.ReadAsync(cancellationToken).ConfigureAwait(false)) return items;
            while (items.Count < filter.Take && await cursor.ReadAsync(cancellationToken).ConfigureAwait(false))
                items.Add(WorklistColumns.Item(
                    column => cursor[column] is { IsEmpty: false } value ? Encoding.UTF8.GetString(value) : null));
        }

        return items;
    }

    public Task<WorklistItem?> GetAsync(string accessionNumber, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => _orders.GetAsync(session, accessionNumber), cancellationToken);

    public Task<AddOutcome> AddAsync(WorklistItem item, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(item.AccessionNumber);
        return engine.WriteAsync(session => _orders.AddAsync(session, item, Now), cancellationToken);
    }

    public Task<IReadOnlyList<AddOutcome>> AddAsync(IReadOnlyList<WorklistItem> items, CancellationToken cancellationToken)
    {
        foreach (WorklistItem item in items) ArgumentException.ThrowIfNullOrWhiteSpace(item.AccessionNumber, nameof(items));
        return engine.WriteAsync<IReadOnlyList<AddOutcome>>(async session =>
        {
            var outcomes = new List<AddOutcome>(items.Count);
            foreach (WorklistItem item in items) outcomes.Add(await _orders.AddAsync(session, item, Now).ConfigureAwait(false));
            return outcomes;
        }, cancellationToken);
    }

    public Task<bool> UpdateStatusAsync(string accessionNumber, OrderStatus status, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => _orders.SetStatusAsync(session, accessionNumber, status, Now), cancellationToken);

    public Task<bool> RemoveAsync(string accessionNumber, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => _orders.RemoveAsync(session, accessionNumber), cancellationToken);

    public Task<WorklistStatistics> StatisticsAsync(CancellationToken cancellationToken) =>
        engine.ReadAsync(_orders.StatisticsAsync, cancellationToken);

    public Task<CreateStepOutcome> CreateStepAsync(NewPerformedStep newStep, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(newStep.SopInstanceUid);
        return TellingAsync(engine.WriteAsync(session => _steps.CreateAsync(session, newStep), cancellationToken));
    }

    public Task<ChangeStepOutcome> ChangeStepAsync(
        string sopInstanceUid, Func<PerformedStep, StepChange> decide, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => _steps.ChangeAsync(session, sopInstanceUid, decide), cancellationToken));

    public Task<PerformedStep?> GetStepAsync(string sopInstanceUid, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => _steps.GetAsync(session, sopInstanceUid), cancellationToken);

    public Task<IReadOnlyList<PerformedStep>> UnscheduledStepsAsync(int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => StepTable.UnscheduledAsync(session, take), cancellationToken);

    public Task SetAsideAsync(string reference, string reason, CancellationToken cancellationToken) =>
        SetAsideAsync([(reference, reason)], cancellationToken);

    public Task SetAsideAsync(IReadOnlyList<(string Reference, string Reason)> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return Task.CompletedTask;
        return engine.WriteAsync(async session =>
        {
            foreach ((string reference, string reason) in items)
                await SetAsideTable.PutAsync(session, reference, reason, Now).ConfigureAwait(false);
            return items.Count;
        }, cancellationToken);
    }

    public Task<IReadOnlyList<SetAsideItem>> SetAsideItemsAsync(int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => SetAsideTable.ListAsync(session, take), cancellationToken);

    public Task<bool> ClearSetAsideAsync(string reference, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => SetAsideTable.ClearAsync(session, reference), cancellationToken);

    public Task<bool> EnqueueAsync(NewOutboxEntry entry, CancellationToken cancellationToken) =>
        TellingAsync(engine.WriteAsync(session => _outbox.PutAsync(session, entry, Now), cancellationToken));

    public Task<int> EnqueueAsync(IReadOnlyList<NewOutboxEntry> entries, FeedCursor? cursor, CancellationToken cancellationToken)
    {
        Task<int> write = engine.WriteAsync(async session =>
        {
            int fresh = 0;
            foreach (NewOutboxEntry entry in entries)
                if (await _outbox.PutAsync(session, entry, Now).ConfigureAwait(false)) fresh++;
            if (cursor is not null) await FeedTable.PutAsync(session, cursor, Now).ConfigureAwait(false);
            return fresh;
        }, cancellationToken);
        return entries.Count == 0 ? write : TellingAsync(write);
    }

    public Task<FeedCursor?> FeedCursorAsync(string feed, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => FeedTable.GetAsync(session, feed), cancellationToken);

    public Task<IReadOnlyList<OutboxEntry>> TakeOutboxAsync(
        OutboxTarget target, int take, TimeSpan lease, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return engine.WriteAsync(
            session => _outbox.TakeAsync(session, target, take, StoreTime.Text(now), StoreTime.Text(now + lease)),
            cancellationToken);
    }

    public Task MarkDeliveredAsync(long id, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => _outbox.DeliveredAsync(session, id, Now), cancellationToken);

    public Task MarkFailedAsync(long id, DateTimeOffset nextAttempt, string reason, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => _outbox.FailedAsync(session, id, StoreTime.Text(nextAttempt), reason), cancellationToken);

    public Task ParkAsync(long id, string reason, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => _outbox.ParkAsync(session, id, reason), cancellationToken);

    public Task<IReadOnlyList<OutboxEntry>> ParkedAsync(OutboxTarget target, int take, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => _outbox.ParkedAsync(session, target, take), cancellationToken);

    public Task<OutboxStatistics> OutboxStatisticsAsync(OutboxTarget target, CancellationToken cancellationToken) =>
        engine.ReadAsync(session => _outbox.StatisticsAsync(session, target), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (news is not null) await news.DisposeAsync().ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
    }
}
