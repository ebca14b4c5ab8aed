using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>set_aside</c>: orders that cannot be served until somebody mends them.</summary>
internal static class SetAsideTable
{
    private const string Put = """
        INSERT INTO set_aside (reference, reason, first_seen, last_seen) VALUES ($1, $2, $3, $3)
        ON CONFLICT (reference) DO UPDATE SET reason = excluded.reason, last_seen = excluded.last_seen
        """;

    private const string List =
        "SELECT reference, reason, first_seen, last_seen FROM set_aside ORDER BY last_seen DESC, reference LIMIT $1";

    private const string Clear = "DELETE FROM set_aside WHERE reference = $1";

    public static async ValueTask<bool> PutAsync(ISession session, string reference, string reason, string now) =>
        await session.ExecuteAsync(Put, reference, reason, now).ConfigureAwait(false) > 0;

    public static async ValueTask<IReadOnlyList<SetAsideItem>> ListAsync(ISession session, int take) =>
        await session.QueryAsync(List, static row => new SetAsideItem(
            row.Text(0) ?? "", row.Text(1) ?? "", StoreTime.Parse(row.Text(2)), StoreTime.Parse(row.Text(3))),
            take).ConfigureAwait(false);

    public static async ValueTask<bool> ClearAsync(ISession session, string reference) =>
        await session.ExecuteAsync(Clear, reference).ConfigureAwait(false) > 0;
}
