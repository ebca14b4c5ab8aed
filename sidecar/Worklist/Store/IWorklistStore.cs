namespace Gantry.Worklist;

/// <summary>
/// The worklist: orders, performed steps, the outbox and what was set aside. Safe for any number of callers at once. Rows are
/// read from
/// the database for every query, so what other programs write is seen at once; a write is on disk when its task completes.
/// Every member throws <see cref="WorklistStoreException"/> when the database cannot do what was asked.
/// </summary>
public interface IWorklistStore : IOutboxDelivery, IAsyncDisposable
{
    /// <summary>The orders that came from the EMR.</summary>
    IEmrOrders Emr { get; }

    /// <summary>Opens the rows that match, ordered by scheduled date, scheduled time and accession number.</summary>
    ValueTask<IWorklistCursor> QueryAsync(WorklistCriteria criteria, CancellationToken cancellationToken);

    /// <summary>A page of whole orders, in the order of <see cref="QueryAsync"/>.</summary>
    Task<IReadOnlyList<WorklistItem>> FindAsync(WorklistFilter filter, CancellationToken cancellationToken);

    /// <summary>One order, or null.</summary>
    Task<WorklistItem?> GetAsync(string accessionNumber, CancellationToken cancellationToken);

    /// <summary>Adds an order; missing UIDs and ids are filled in by the store. Never changes an order that is there.</summary>
    Task<AddOutcome> AddAsync(WorklistItem item, CancellationToken cancellationToken);

    /// <summary>Adds several orders in one transaction; the outcomes are in the same order.</summary>
    Task<IReadOnlyList<AddOutcome>> AddAsync(IReadOnlyList<WorklistItem> items, CancellationToken cancellationToken);

    /// <summary>Sets an order's status by hand; false if there is no such order. Writes no message to the outbox.</summary>
    Task<bool> UpdateStatusAsync(string accessionNumber, OrderStatus status, CancellationToken cancellationToken);

    /// <summary>Removes an order; false if there is none. Steps performed for it stay.</summary>
    Task<bool> RemoveAsync(string accessionNumber, CancellationToken cancellationToken);

    /// <summary>How many orders stand in each status.</summary>
    Task<WorklistStatistics> StatisticsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// N-CREATE in one transaction: the step, its orders (to IN_PROGRESS, with the step's UID; a COMPLETED order stays as it
    /// is), and a message
    /// to the cloud and one to the EMR for each order that moved. On disk when the task completes.
    /// </summary>
    Task<CreateStepOutcome> CreateStepAsync(NewPerformedStep newStep, CancellationToken cancellationToken);

    /// <summary>
    /// N-SET in one transaction: reads the step, asks <paramref name="decide"/>, writes what it decided; orders follow a final
    /// status, with
    /// a message to each target. On disk when the task completes.
    /// </summary>
    /// <param name="sopInstanceUid">The step.</param>
    /// <param name="decide">Called while the step is locked and other writers wait: quick, without using the store, and without a
    /// memory, for after a deadlock it is called again. What it throws comes out of this method and nothing is changed.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn; a write under way is finished.</param>
    Task<ChangeStepOutcome> ChangeStepAsync(
        string sopInstanceUid, Func<PerformedStep, StepChange> decide, CancellationToken cancellationToken);

    /// <summary>One step, or null.</summary>
    Task<PerformedStep?> GetStepAsync(string sopInstanceUid, CancellationToken cancellationToken);

    /// <summary>Steps for which no order was found, newest first.</summary>
    Task<IReadOnlyList<PerformedStep>> UnscheduledStepsAsync(int take, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that an order cannot be served. The same reference again only renews the reason and the time it was last seen.
    /// </summary>
    Task SetAsideAsync(string reference, string reason, CancellationToken cancellationToken);

    /// <summary>Notes several orders that cannot be served, in one transaction.</summary>
    Task SetAsideAsync(IReadOnlyList<(string Reference, string Reason)> items, CancellationToken cancellationToken);

    /// <summary>What is set aside, the newest finding first.</summary>
    Task<IReadOnlyList<SetAsideItem>> SetAsideItemsAsync(int take, CancellationToken cancellationToken);

    /// <summary>Forgets that an order was set aside, because it was mended; false if it was not.</summary>
    Task<bool> ClearSetAsideAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Writes a message; false if one with this event key is there for this target already.</summary>
    Task<bool> EnqueueAsync(NewOutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what was made of a part of a feed and how far it was read, in one transaction: after a crash nothing of the feed is
    /// missing. Messages that are there already are left out.
    /// </summary>
    /// <param name="entries">The messages, in the order in which they are to be delivered.</param>
    /// <param name="cursor">The place to go on from; null leaves it where it is.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn.</param>
    /// <returns>How many messages are new.</returns>
    Task<int> EnqueueAsync(IReadOnlyList<NewOutboxEntry> entries, FeedCursor? cursor, CancellationToken cancellationToken);

    /// <summary>How far a feed was read; null if it never was.</summary>
    Task<FeedCursor?> FeedCursorAsync(string feed, CancellationToken cancellationToken);

    /// <summary>
    /// Takes messages that are due, oldest first, at most one per order key (the first undelivered one). They are not given to
    /// anybody else until
    /// <paramref name="lease"/> has passed, so a sender that dies loses nothing.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> TakeOutboxAsync(
        OutboxTarget target, int take, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>The message was delivered.</summary>
    Task MarkDeliveredAsync(long id, CancellationToken cancellationToken);

    /// <summary>Delivery failed; the message is due again at this moment (UTC).</summary>
    Task MarkFailedAsync(long id, DateTimeOffset nextAttempt, string reason, CancellationToken cancellationToken);

    /// <summary>The message is given up with this reason; later ones of the same order key go on.</summary>
    Task ParkAsync(long id, string reason, CancellationToken cancellationToken);

    /// <summary>Messages given up, newest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> ParkedAsync(OutboxTarget target, int take, CancellationToken cancellationToken);

    /// <summary>Deletes what is old, at most so many orders and so many steps, in one transaction; nothing more is old when it tells 0.</summary>
    Task<RetentionOutcome> PurgeOldAsync(RetentionLimits limits, int most, CancellationToken cancellationToken);

    /// <summary>How the outbox stands for one target.</summary>
    Task<OutboxStatistics> OutboxStatisticsAsync(OutboxTarget target, CancellationToken cancellationToken);
}
