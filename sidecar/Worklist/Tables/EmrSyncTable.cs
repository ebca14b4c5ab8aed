using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The tables <c>emr_sync</c>, one row with the lease and the mark, and <c>emr_runs</c>.</summary>
internal sealed class EmrSyncTable(Dialect dialect)
{
    private const string Take = """
        UPDATE emr_sync SET lease_owner = $1, lease_number = lease_number + 1, lease_until = $3
        WHERE name = 'orders' AND (lease_until IS NULL OR lease_until <= $2)
        """;

    private const string Number = "SELECT lease_number FROM emr_sync WHERE name = 'orders'";

    private const string Renew = "UPDATE emr_sync SET lease_until = $2 WHERE name = 'orders' AND lease_number = $1 AND lease_until IS NOT NULL";

    private const string Release = "UPDATE emr_sync SET lease_until = NULL, lease_owner = NULL WHERE name = 'orders' AND lease_number = $1";

    private const string Mark = "SELECT settings, changed_at, last_key, compared_at FROM emr_sync WHERE name = 'orders'";

    private const string PutMark =
        "UPDATE emr_sync SET settings = $1, changed_at = $2, last_key = $3, compared_at = $4 WHERE name = 'orders'";

    private const string AddRun = """
        INSERT INTO emr_runs (started_at, reason, is_whole, rows_read, added, changed, cancelled, reinstated, set_aside, milliseconds, failure)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string Prune = "DELETE FROM emr_runs WHERE id <= (SELECT max(id) FROM emr_runs) - 100";

    private const string Runs = """
        SELECT started_at, reason, is_whole, rows_read, added, changed, cancelled, reinstated, set_aside, milliseconds, failure
        FROM emr_runs ORDER BY id DESC LIMIT $1
        """;

    private readonly string _check = $"SELECT lease_number FROM emr_sync WHERE name = 'orders' AND lease_until IS NOT NULL{dialect.ForUpdate}";

    public static async ValueTask<EmrLease?> TakeAsync(ISession session, string owner, string now, string until)
    {
        if (await session.ExecuteAsync(Take, owner, now, until).ConfigureAwait(false) == 0) return null;
        return new EmrLease(owner, (await session.QueryAsync(Number, static row => row.Integer(0)).ConfigureAwait(false))[0]);
    }

    public static async ValueTask<bool> RenewAsync(ISession session, EmrLease lease, string until) =>
        await session.ExecuteAsync(Renew, lease.Number, until).ConfigureAwait(false) > 0;

    public static async ValueTask<bool> ReleaseAsync(ISession session, EmrLease lease) =>
        await session.ExecuteAsync(Release, lease.Number).ConfigureAwait(false) > 0;

    /// <summary>Holds the lease until the transaction ends, so that nobody takes it over in between.</summary>
    public async ValueTask CheckAsync(ISession session, EmrLease lease)
    {
        List<long> numbers = await session.QueryAsync(_check, static row => row.Integer(0)).ConfigureAwait(false);
        if (numbers.Count == 0 || numbers[0] != lease.Number) throw new EmrLeaseLostException();
    }

    public static async ValueTask<EmrMark> MarkAsync(ISession session) =>
        (await session.QueryAsync(Mark, static row => new EmrMark(
            row.Text(0) ?? "", row.Text(1), row.Text(2), row.Text(3) is { } text ? StoreTime.Parse(text) : null)).ConfigureAwait(false))[0];

    public static async ValueTask PutMarkAsync(ISession session, EmrMark mark) =>
        await session.ExecuteAsync(PutMark, mark.Settings, mark.ChangedAt, mark.Key,
            mark.ComparedAt is { } time ? StoreTime.Text(time) : null).ConfigureAwait(false);

    public static async ValueTask<bool> AddRunAsync(ISession session, EmrRun run)
    {
        await session.ExecuteAsync(AddRun, StoreTime.Text(run.StartedAt), run.Reason, run.IsWhole ? 1 : 0, run.Read, run.Added,
            run.Changed, run.Cancelled, run.Reinstated, run.SetAside, (long)run.Duration.TotalMilliseconds, run.Failure).ConfigureAwait(false);
        await session.ExecuteAsync(Prune).ConfigureAwait(false);
        return true;
    }

    public static async ValueTask<IReadOnlyList<EmrRun>> RunsAsync(ISession session, int take) =>
        await session.QueryAsync(Runs, static row => new EmrRun
        {
            StartedAt = StoreTime.Parse(row.Text(0)),
            Reason = row.Text(1) ?? "",
            IsWhole = row.Integer(2) != 0,
            Read = (int)row.Integer(3),
            Added = (int)row.Integer(4),
            Changed = (int)row.Integer(5),
            Cancelled = (int)row.Integer(6),
            Reinstated = (int)row.Integer(7),
            SetAside = (int)row.Integer(8),
            Duration = TimeSpan.FromMilliseconds(row.Integer(9)),
            Failure = row.Text(10),
        }, take).ConfigureAwait(false);
}
