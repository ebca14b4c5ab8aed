namespace Gantry.Worklist;

/// <summary>The outbox as a sender uses it that has many messages to deliver. A part of <see cref="IWorklistStore"/>.</summary>
public interface IOutboxDelivery
{
    /// <summary>
    /// Raised after this process has written something that may be due now, and on PostgreSQL after another process has, if
    /// <see cref="WorklistStoreOptions.HearsOthers"/> is set. Handlers are quick and do not throw. It may be raised too often, and in an
    /// outage too seldom, so the outbox is looked at now and then all the same.
    /// </summary>
    event EventHandler? OutboxWritten;

    /// <summary>
    /// Takes runs of messages that are due, by order key. An order key whose first undelivered message is not due, or is taken, is
    /// passed over, so no message overtakes an earlier one of its exam.
    /// </summary>
    Task<IReadOnlyList<OutboxRun>> TakeOutboxRunsAsync(OutboxDemand demand, CancellationToken cancellationToken);

    /// <summary>Writes what became of messages, in one transaction.</summary>
    Task SettleOutboxAsync(IReadOnlyList<OutboxSettlement> settlements, CancellationToken cancellationToken);

    /// <summary>Makes due again what this sender took and did not settle before it was stopped; tells how many messages.</summary>
    Task<int> ReleaseOutboxAsync(OutboxTarget target, string sender, CancellationToken cancellationToken);

    /// <summary>Makes all parked messages due again; tells how many.</summary>
    Task<int> UnparkAllAsync(OutboxTarget target, CancellationToken cancellationToken);

    /// <summary>Makes a parked message due again; false if this target has none with this number.</summary>
    Task<bool> UnparkAsync(OutboxTarget target, long id, CancellationToken cancellationToken);

    /// <summary>Deletes a parked message for good; false if this target has none with this number.</summary>
    Task<bool> DropParkedAsync(OutboxTarget target, long id, CancellationToken cancellationToken);

    /// <summary>Messages that wait, the oldest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> WaitingAsync(OutboxTarget target, int take, CancellationToken cancellationToken);

    /// <summary>Deletes a waiting message for good; false if this target has none with this number.</summary>
    Task<bool> LetGoAsync(OutboxTarget target, long id, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes messages of a target that nobody serves any more, written before a moment (UTC), at most so many; tells how many.
    /// </summary>
    Task<int> DropWaitingAsync(OutboxTarget target, DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes messages delivered, and marks of cloud actions done, before a moment (UTC), at most so many of each; tells how many.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Does what an action asks for, once: in the same transaction its id is noted, and the same action again, at the same time too,
    /// changes nothing and tells the first outcome.
    /// </summary>
    /// <param name="actionId">Names the action.</param>
    /// <param name="action">What it asks for.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn.</param>
    Task<OrderActionOutcome> PerformOnceAsync(string actionId, OrderAction action, CancellationToken cancellationToken);
}
