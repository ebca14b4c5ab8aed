using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>emr_orders</c>: reading and remembering. What happens to the worklist is <see cref="EmrItemTable"/>'s.</summary>
internal static class EmrOrderTable
{
    private const int KeysPerQuestion = 100;
    private const string Nothing = "-";
    private const string Columns = "order_key, accession_number, row_hash, state, owns_order, scheduled_date";

    private static readonly string Marks = string.Join(", ", Enumerable.Range(1, KeysPerQuestion).Select(static n => $"${n}"));

    private static readonly string ByKeys = $"SELECT {Columns} FROM emr_orders WHERE order_key IN ({Marks})";

    private static readonly string ByAccessions =
        $"SELECT {Columns} FROM emr_orders WHERE owns_order = 1 AND accession_number IN ({Marks})";

    private static readonly string Exams =
        $"SELECT accession_number, order_key, told_id FROM emr_orders WHERE owns_order = 1 AND accession_number IN ({Marks})";

    private const string Page = $"SELECT {Columns} FROM emr_orders WHERE order_key > coalesce($1, '') ORDER BY order_key LIMIT $2";

    private const string Put = $"""
        INSERT INTO emr_orders ({Columns}) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (order_key) DO UPDATE SET accession_number = excluded.accession_number, row_hash = excluded.row_hash,
            state = excluded.state, owns_order = excluded.owns_order, scheduled_date = excluded.scheduled_date
        """;

    private const string GiveUp = $"UPDATE emr_orders SET owns_order = 0, row_hash = '{Nothing}' WHERE order_key = $1";

    private const string Delete = "DELETE FROM emr_orders WHERE order_key = $1 AND owns_order = 0";

    public static async ValueTask<IReadOnlyList<EmrOrder>> FindAsync(
        ISession session, IReadOnlyList<string> keys, IReadOnlyList<string> accessions)
    {
        var found = new Dictionary<string, EmrOrder>(StringComparer.Ordinal);
        await AskAsync(session, ByKeys, keys, Read, order => found[order.Key] = order).ConfigureAwait(false);
        await AskAsync(session, ByAccessions, accessions, Read, order => found[order.Key] = order).ConfigureAwait(false);
        return [.. found.Values];
    }

    public static async ValueTask<IReadOnlyList<EmrExam>> ExamsAsync(ISession session, IReadOnlyList<string> accessions)
    {
        var found = new Dictionary<string, EmrExam>(StringComparer.Ordinal);
        await AskAsync(session, Exams, accessions, static row => new EmrExam(row.Text(0) ?? "", row.Text(1) ?? "", row.Integer(2)),
            exam => found[exam.AccessionNumber] = exam).ConfigureAwait(false);
        return [.. found.Values];
    }

    public static async ValueTask<IReadOnlyList<EmrOrder>> PageAsync(ISession session, string afterKey, int take) =>
        await session.QueryAsync(Page, Read, afterKey, take).ConfigureAwait(false);

    public static async ValueTask PutAsync(ISession session, EmrOrder order) =>
        await session.ExecuteAsync(Put, order.Key, Filled(order.AccessionNumber), Filled(order.Hash), Word(order.State), order.Owns ? 1 : 0,
            order.ScheduledDate).ConfigureAwait(false);

    /// <summary>This key no longer owns the worklist's order; another one takes it over.</summary>
    public static async ValueTask GiveUpAsync(ISession session, string key) =>
        await session.ExecuteAsync(GiveUp, key).ConfigureAwait(false);

    public static async ValueTask DeleteAsync(ISession session, string key) =>
        await session.ExecuteAsync(Delete, key).ConfigureAwait(false);

    /// <summary>One statement text for any number of values: what is left of its places is filled with the last one.</summary>
    private static async ValueTask AskAsync<T>(
        ISession session, string sql, IReadOnlyList<string> asked, Func<IRow, T> read, Action<T> found)
    {
        var values = new SqlValue[KeysPerQuestion];
        for (int start = 0; start < asked.Count; start += KeysPerQuestion)
        {
            for (int place = 0; place < KeysPerQuestion; place++) values[place] = asked[Math.Min(start + place, asked.Count - 1)];
            foreach (T row in await session.QueryAsync(sql, read, values).ConfigureAwait(false)) found(row);
        }
    }

    private static EmrOrder Read(IRow row) => new(
        row.Text(0) ?? "", Emptied(row.Text(1)), Emptied(row.Text(2)), State(row.Text(3)), row.Integer(4) != 0, row.Text(5));

    // An empty text is bound as NULL
    private static string Filled(string text) => text.Length == 0 ? Nothing : text;

    private static string Emptied(string? text) => text is null or Nothing ? "" : text;

    private static string Word(EmrOrderState state) => state switch
    {
        EmrOrderState.Live => "live",
        EmrOrderState.Cancelled => "cancelled",
        EmrOrderState.Unusable => "unusable",
        EmrOrderState.Ambiguous => "ambiguous",
    };

    private static EmrOrderState State(string? word) => word switch
    {
        "live" => EmrOrderState.Live,
        "cancelled" => EmrOrderState.Cancelled,
        "unusable" => EmrOrderState.Unusable,
        _ => EmrOrderState.Ambiguous,
    };
}
