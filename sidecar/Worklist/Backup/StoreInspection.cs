using Gantry.Worklist.Engines;
using Gantry.Worklist.Schema;

namespace Gantry.Worklist;

/// <summary>Reads what a store holds, whatever version of the schema it has.</summary>
internal static class StoreInspection
{
    public static async ValueTask<StoreContents> ReadAsync(ISession session, Dialect dialect)
    {
        var editor = new SchemaEditor(session, dialect);
        long version = await editor.ExistsAsync("schema_version").ConfigureAwait(false)
            ? (await session.QueryAsync("SELECT coalesce(max(version), 0) FROM schema_version", static row => row.Integer(0)).ConfigureAwait(false))[0]
            : 0;
        string? last = await editor.ExistsAsync("worklist_items").ConfigureAwait(false)
            ? (await session.QueryAsync("SELECT max(updated_at) FROM worklist_items", static row => row.Text(0)).ConfigureAwait(false))[0]
            : null;
        return new StoreContents((int)version, await CountAsync("worklist_items", "").ConfigureAwait(false), await CountAsync("mpps_tracking", "").ConfigureAwait(false),
            await CountAsync("outbox", " WHERE delivered_at IS NULL").ConfigureAwait(false), last is null ? null : StoreTime.Parse(last));

        async ValueTask<long> CountAsync(string table, string where) => await editor.ExistsAsync(table).ConfigureAwait(false)
            ? (await session.QueryAsync($"SELECT count(*) FROM {table}{where}", static row => row.Integer(0)).ConfigureAwait(false))[0]
            : 0;
    }
}
