using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>outbox</c>: everything that leaves the gateway waits here until the other side has it.</summary>
internal sealed class OutboxTable(Dialect dialect, IReadOnlySet<OutboxTarget> statusTargets)
{
    public const string Columns = "id, target, event_key, order_key, kind, payload, attempts, created_at, parked_reason, last_error";
    private const string Pending = "delivered_at IS NULL AND parked_reason IS NULL";

    private readonly string _put = """
        INSERT INTO outbox (target, event_key, order_key, kind, payload, created_at, next_attempt_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (event_key, target) DO NOTHING
        """;

    private readonly string _putStatus = statusTargets.Count == 0 ? "" : $"""
        INSERT INTO outbox (target, event_key, order_key, kind, payload, created_at, next_attempt_at)
        VALUES {string.Join(", ", statusTargets.Order().Select(static target => $"('{Word(target)}', $1, $2, $3, $4, $5, $5)"))}
        ON CONFLICT (event_key, target) DO NOTHING
        """;

    private readonly string _take = $"""
        UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $1 WHERE id IN (
            SELECT due.id FROM outbox AS due
            WHERE due.target = $2 AND due.delivered_at IS NULL AND due.parked_reason IS NULL AND due.next_attempt_at <= $3
            AND NOT EXISTS (
                SELECT 1 FROM outbox AS earlier
                WHERE earlier.target = $2 AND earlier.order_key = due.order_key AND earlier.id < due.id
                AND earlier.delivered_at IS NULL AND earlier.parked_reason IS NULL)
            ORDER BY due.id LIMIT $4{dialect.SkipLocked})
        RETURNING {Columns}
        """;

    private readonly string _delivered =
        "UPDATE outbox SET delivered_at = $2, last_error = NULL WHERE id = $1 AND delivered_at IS NULL";

    private readonly string _failed = $"UPDATE outbox SET next_attempt_at = $2, last_error = $3 WHERE id = $1 AND {Pending}";

    private readonly string _park = $"UPDATE outbox SET parked_reason = $2 WHERE id = $1 AND {Pending}";

    private readonly string _parked = $"""
        SELECT {Columns} FROM outbox WHERE target = $1 AND delivered_at IS NULL AND parked_reason IS NOT NULL
            ORDER BY id DESC LIMIT $2
        """;

    private readonly string _waiting = $"SELECT {Columns} FROM outbox WHERE target = $1 AND {Pending} ORDER BY id LIMIT $2";

    private readonly string _statistics = $"""
        SELECT (SELECT count(*) FROM outbox WHERE target = $1 AND {Pending}),
            (SELECT count(*) FROM outbox WHERE target = $1 AND delivered_at IS NULL AND parked_reason IS NOT NULL),
            (SELECT created_at FROM outbox WHERE target = $1 AND {Pending} ORDER BY id LIMIT 1)
        """;

    public async ValueTask<bool> PutAsync(ISession session, NewOutboxEntry entry, string now) =>
        await session.ExecuteAsync(
            _put, Word(entry.Target), entry.EventKey, entry.OrderKey, entry.Kind, entry.Payload, now).ConfigureAwait(false) > 0;

    /// <summary>The same message for all targets that this store writes for; none where there are none.</summary>
    public async ValueTask PutStatusAsync(ISession session, StatusEvent status)
    {
        if (_putStatus.Length > 0)
            await session.ExecuteAsync(_putStatus, status.EventId, status.AccessionNumber, StatusEvent.Kind, status.ToJson(),
                StoreTime.Text(status.Timestamp)).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<OutboxEntry>> TakeAsync(
        ISession session, OutboxTarget target, int take, string now, string leasedUntil)
    {
        List<OutboxEntry> entries =
            await session.QueryAsync(_take, Read, leasedUntil, Word(target), now, take).ConfigureAwait(false);
        // RETURNING promises no order.
        entries.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        return entries;
    }

    public async ValueTask<bool> DeliveredAsync(ISession session, long id, string now) =>
        await session.ExecuteAsync(_delivered, id, now).ConfigureAwait(false) > 0;

    public async ValueTask<bool> FailedAsync(ISession session, long id, string next, string reason) =>
        await session.ExecuteAsync(_failed, id, next, reason).ConfigureAwait(false) > 0;

    public async ValueTask<bool> ParkAsync(ISession session, long id, string reason) =>
        await session.ExecuteAsync(_park, id, reason).ConfigureAwait(false) > 0;

    public async ValueTask<IReadOnlyList<OutboxEntry>> ParkedAsync(ISession session, OutboxTarget target, int take) =>
        await session.QueryAsync(_parked, Read, Word(target), take).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<OutboxEntry>> WaitingAsync(ISession session, OutboxTarget target, int take) =>
        await session.QueryAsync(_waiting, Read, Word(target), take).ConfigureAwait(false);

    public async ValueTask<OutboxStatistics> StatisticsAsync(ISession session, OutboxTarget target) =>
        (await session.QueryAsync(_statistics, static row => new OutboxStatistics(
            row.Integer(0), row.Integer(1), row.Text(2) is { } oldest ? StoreTime.Parse(oldest) : null),
            Word(target)).ConfigureAwait(false))[0];

    public static string Word(OutboxTarget target) => target switch
    {
        OutboxTarget.Cloud => "cloud",
        OutboxTarget.Emr => "emr",
    };

    public static OutboxEntry Read(IRow row) => new()
    {
        Id = row.Integer(0),
        Target = row.Text(1) == "cloud" ? OutboxTarget.Cloud : OutboxTarget.Emr,
        EventKey = row.Text(2) ?? "",
        OrderKey = row.Text(3) ?? "",
        Kind = row.Text(4) ?? "",
        Payload = row.Bytes(5),
        Attempts = (int)row.Integer(6),
        CreatedAt = StoreTime.Parse(row.Text(7)),
        ParkedReason = row.Text(8),
        LastError = row.Text(9),
    };
}
