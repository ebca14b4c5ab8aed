using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>The table <c>feed_cursors</c>: how far feeds were read. Written together with what was made of them.</summary>
internal static class FeedTable
{
    private const string Get = "SELECT sequence FROM feed_cursors WHERE feed = $1";

    private const string Put = """
        INSERT INTO feed_cursors (feed, sequence, updated_at) VALUES ($1, $2, $3)
        ON CONFLICT (feed) DO UPDATE SET sequence = excluded.sequence, updated_at = excluded.updated_at
        """;

    public static async ValueTask<FeedCursor?> GetAsync(ISession session, string feed)
    {
        List<FeedCursor> found = await session.QueryAsync(Get, row => new FeedCursor(feed, row.Integer(0)), feed).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    public static async ValueTask PutAsync(ISession session, FeedCursor cursor, string now) =>
        await session.ExecuteAsync(Put, cursor.Feed, cursor.Sequence, now).ConfigureAwait(false);
}
