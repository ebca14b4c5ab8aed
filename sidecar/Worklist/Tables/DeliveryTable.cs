using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>
/// The table <c>outbox</c> for a sender with many messages. Taking walks from order key to order key on the index, so it costs the
/// same whether a hundred or a million messages wait.
/// </summary>
internal sealed class DeliveryTable(Dialect dialect)
{
    private const string Pending = "delivered_at IS NULL AND parked_reason IS NULL";
    private const string Longest = "9223372036854775807";

    // SQLite's binding makes NULL of an empty text, hence coalesce.
    // Of each order key only the first undelivered message decides: if it is taken or waits, so does what stands behind it
    private readonly string _take = $"""
        WITH RECURSIVE walk(order_key) AS (
            SELECT min(first.order_key) FROM outbox AS first
            WHERE first.target = $1 AND first.order_key > coalesce($2, '') AND first.delivered_at IS NULL AND first.parked_reason IS NULL
            UNION ALL
            SELECT (SELECT min(next.order_key) FROM outbox AS next
                WHERE next.target = $1 AND next.order_key > walk.order_key AND next.delivered_at IS NULL AND next.parked_reason IS NULL)
            FROM walk WHERE walk.order_key IS NOT NULL),
        ready(order_key) AS (
            SELECT walk.order_key FROM walk WHERE walk.order_key IS NOT NULL AND (
                SELECT head.next_attempt_at FROM outbox AS head
                WHERE head.target = $1 AND head.order_key = walk.order_key AND head.delivered_at IS NULL AND head.parked_reason IS NULL
                ORDER BY head.id LIMIT 1) <= $3
            LIMIT $4)
        UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $5, taken_by = $6 WHERE id IN (
            SELECT due.id FROM ready JOIN outbox AS due ON due.target = $1 AND due.order_key = ready.order_key
                AND due.delivered_at IS NULL AND due.parked_reason IS NULL
            WHERE due.id < coalesce((
                SELECT edge.id FROM outbox AS edge
                WHERE edge.target = $1 AND edge.order_key = ready.order_key AND edge.delivered_at IS NULL AND edge.parked_reason IS NULL
                ORDER BY edge.id LIMIT 1 OFFSET $7), {Longest}))
        RETURNING {OutboxTable.Columns}
        """;

    // Two senders would both see the same first messages; they take turns
    private readonly string _turn = dialect == Dialect.Postgres ? "SELECT pg_advisory_xact_lock(4243052432)" : "";

    private const string Delivered =
        "UPDATE outbox SET delivered_at = $2, last_error = NULL, taken_by = NULL WHERE id = $1 AND delivered_at IS NULL";

    private const string Failed =
        $"UPDATE outbox SET next_attempt_at = $2, last_error = $3, taken_by = NULL WHERE id = $1 AND {Pending}";

    private const string Park = $"UPDATE outbox SET parked_reason = $2, taken_by = NULL WHERE id = $1 AND {Pending}";

    private const string Free =
        $"UPDATE outbox SET next_attempt_at = $2, attempts = attempts - 1, taken_by = NULL WHERE id = $1 AND taken_by IS NOT NULL AND {Pending}";

    private const string FreeAll =
        $"UPDATE outbox SET next_attempt_at = $3, taken_by = NULL WHERE target = $1 AND taken_by = $2 AND {Pending}";

    private const string UnparkAll =
        "UPDATE outbox SET parked_reason = NULL, next_attempt_at = $2, attempts = 0 "
        + "WHERE target = $1 AND delivered_at IS NULL AND parked_reason IS NOT NULL";

    private const string Unpark = "UPDATE outbox SET parked_reason = NULL, next_attempt_at = $3 "
        + "WHERE id = $2 AND target = $1 AND delivered_at IS NULL AND parked_reason IS NOT NULL";

    private const string Drop = "DELETE FROM outbox WHERE id = $2 AND target = $1 AND delivered_at IS NULL AND parked_reason IS NOT NULL";

    private const string LetGo = $"DELETE FROM outbox WHERE id = $2 AND target = $1 AND {Pending}";

    private const string DropWaiting = """
        DELETE FROM outbox WHERE id IN (
            SELECT old.id FROM outbox AS old WHERE old.target = $1 AND old.delivered_at IS NULL AND old.parked_reason IS NULL
                AND old.created_at < $2 ORDER BY old.id LIMIT $3)
        """;

    // The highest wins, should two come in the wrong order
    private const string Told = """
        UPDATE emr_orders SET told_id = $1 WHERE owns_order = 1 AND coalesce(told_id, 0) < $1
            AND accession_number = (SELECT order_key FROM outbox WHERE id = $1)
        """;

    private const string Purge = """
        DELETE FROM outbox WHERE id IN (
            SELECT old.id FROM outbox AS old WHERE old.delivered_at IS NOT NULL AND old.delivered_at < $1 ORDER BY old.delivered_at LIMIT $2)
        """;

    public async ValueTask<IReadOnlyList<OutboxRun>> TakeAsync(ISession session, OutboxDemand demand, string now, string leasedUntil)
    {
        if (_turn.Length > 0) await session.QueryAsync(_turn, static _ => true).ConfigureAwait(false);
        List<OutboxEntry> entries = await session.QueryAsync(_take, OutboxTable.Read, OutboxTable.Word(demand.Target), demand.Behind, now,
            demand.OrderKeys, leasedUntil, demand.Sender, demand.Messages).ConfigureAwait(false);
        // RETURNING promises no order
        return [.. entries.GroupBy(static entry => entry.OrderKey, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => new OutboxRun(group.Key, [.. group.OrderBy(static entry => entry.Id)]))];
    }

    public static ValueTask<int> SettleAsync(ISession session, OutboxSettlement settlement, string now) => settlement switch
    {
        OutboxSettlement.Delivered { IsToldToEmr: true } => ToldAsync(session, settlement.Id, now),
        OutboxSettlement.Delivered => session.ExecuteAsync(Delivered, settlement.Id, now),
        OutboxSettlement.Failed failed => session.ExecuteAsync(Failed, settlement.Id, StoreTime.Text(failed.NextAttempt), failed.Reason),
        OutboxSettlement.Parked parked => session.ExecuteAsync(Park, settlement.Id, parked.Reason),
        OutboxSettlement.Released => session.ExecuteAsync(Free, settlement.Id, now),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static ValueTask<int> ReleaseAsync(ISession session, OutboxTarget target, string sender, string now) =>
        session.ExecuteAsync(FreeAll, OutboxTable.Word(target), sender, now);

    public static ValueTask<int> UnparkAllAsync(ISession session, OutboxTarget target, string now) =>
        session.ExecuteAsync(UnparkAll, OutboxTable.Word(target), now);

    public static async ValueTask<bool> UnparkAsync(ISession session, OutboxTarget target, long id, string now) =>
        await session.ExecuteAsync(Unpark, OutboxTable.Word(target), id, now).ConfigureAwait(false) > 0;

    public static async ValueTask<bool> DropAsync(ISession session, OutboxTarget target, long id) =>
        await session.ExecuteAsync(Drop, OutboxTable.Word(target), id).ConfigureAwait(false) > 0;

    public static async ValueTask<bool> LetGoAsync(ISession session, OutboxTarget target, long id) =>
        await session.ExecuteAsync(LetGo, OutboxTable.Word(target), id).ConfigureAwait(false) > 0;

    public static ValueTask<int> DropWaitingAsync(ISession session, OutboxTarget target, string before, int most) =>
        session.ExecuteAsync(DropWaiting, OutboxTable.Word(target), before, most);

    public static ValueTask<int> PurgeAsync(ISession session, string before, int most) => session.ExecuteAsync(Purge, before, most);

    private static async ValueTask<int> ToldAsync(ISession session, long id, string now)
    {
        await session.ExecuteAsync(Told, id).ConfigureAwait(false);
        return await session.ExecuteAsync(Delivered, id, now).ConfigureAwait(false);
    }
}
