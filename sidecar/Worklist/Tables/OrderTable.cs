using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>worklist_items</c>, apart from what <see cref="IWorklistCursor"/> reads.</summary>
internal sealed class OrderTable(Dialect dialect)
{
    private static readonly string Columns = string.Join(", ", WorklistColumns.All.Select(static column => column.SqlName()));

    private readonly string _insert = $"INSERT INTO worklist_items ({Columns}) VALUES ("
        + string.Join(", ", Enumerable.Range(1, WorklistColumns.Count).Select(static number => $"${number}"))
        + ") ON CONFLICT (accession_number) DO NOTHING";

    private readonly string _get = $"SELECT {Columns} FROM worklist_items WHERE accession_number = $1";

    private readonly string _bySource =
        $"SELECT {Columns} FROM worklist_items WHERE source_message_id = $1 ORDER BY accession_number LIMIT 1";

    private readonly string _setStatus = "UPDATE worklist_items SET status = $2, updated_at = $3 WHERE accession_number = $1";

    private readonly string _remove = "DELETE FROM worklist_items WHERE accession_number = $1";

    private readonly string _count = "SELECT status, count(*) FROM worklist_items GROUP BY status";

    private readonly string _lockSource =
        dialect == Dialect.Postgres ? "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))" : "";

    public async ValueTask<AddOutcome> AddAsync(ISession session, WorklistItem item, string now)
    {
        string? source = string.IsNullOrEmpty(item.SourceMessageId) ? null : item.SourceMessageId;
        item = item with
        {
            AccessionNumber = item.AccessionNumber.Trim(), // the conflict is looked for before the triggers tidy the row
            SourceMessageId = source,
            CreatedAt = item.CreatedAt ?? now,
            UpdatedAt = item.UpdatedAt ?? now,
        };
        if (source is not null)
        {
            // The same message may reach two sidecars at once; they take turns.
            if (_lockSource.Length > 0) await session.QueryAsync(_lockSource, static _ => true, source).ConfigureAwait(false);
            if (await FirstAsync(session, _bySource, source).ConfigureAwait(false) is { } made)
                return new AddOutcome(AddResult.SameMessage, made);
        }

        var values = new SqlValue[WorklistColumns.Count];
        foreach (WorklistColumn column in WorklistColumns.All) values[(int)column] = WorklistColumns.Value(item, column);
        int added = await session.ExecuteAsync(_insert, values).ConfigureAwait(false);
        WorklistItem stored = await GetAsync(session, item.AccessionNumber).ConfigureAwait(false) ?? item;
        return new AddOutcome(added > 0 ? AddResult.Created : AddResult.Exists, stored);
    }

    public ValueTask<WorklistItem?> GetAsync(ISession session, string accessionNumber) =>
        FirstAsync(session, _get, accessionNumber);

    public async ValueTask<bool> SetStatusAsync(ISession session, string accessionNumber, OrderStatus status, string now) =>
        await session.ExecuteAsync(_setStatus, accessionNumber, status.ToText(), now).ConfigureAwait(false) > 0;

    public async ValueTask<bool> RemoveAsync(ISession session, string accessionNumber) =>
        await session.ExecuteAsync(_remove, accessionNumber).ConfigureAwait(false) > 0;

    public async ValueTask<WorklistStatistics> StatisticsAsync(ISession session)
    {
        Dictionary<OrderStatus, long> counts = OrderStatuses.All.ToDictionary(static status => status, static _ => 0L);
        foreach ((string? word, long count)
            in await session.QueryAsync(_count, static row => (row.Text(0), row.Integer(1))).ConfigureAwait(false))
            if (OrderStatuses.TryParse(word, out OrderStatus status)) counts[status] += count;
        return new WorklistStatistics(counts);
    }

    private static async ValueTask<WorklistItem?> FirstAsync(ISession session, string sql, string key)
    {
        List<WorklistItem> rows = await session
            .QueryAsync(sql, static row => WorklistColumns.Item(column => row.Text((int)column)), key).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }
}
