using Gantry.Worklist.Engines;
using Gantry.Worklist.Engines.Postgres;
using Gantry.Worklist.Engines.Sqlite;
using Gantry.Worklist.Schema;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist;

/// <summary>Writes what stands in a PostgreSQL store at one moment into an SQLite file of the same version of the schema.</summary>
internal static class PostgresExport
{
    private const int AtOnce = 500;

    public static async Task WriteAsync(string connectionString, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        var postgres = new PostgresEngine(connectionString);
        await using (postgres.ConfigureAwait(false))
        {
            var options = new WorklistStoreOptions { SqlitePath = file };
            SqliteEngine sqlite = await SqliteEngine.OpenAsync(file, options, NullLogger.Instance, time, cancellationToken).ConfigureAwait(false);
            await using (sqlite.ConfigureAwait(false))
            {
                await postgres.ReadAsync(async source =>
                {
                    // One moment for all tables
                    await source.RunScriptAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").ConfigureAwait(false);
                    await CopyAsync(source, sqlite, postgres.Place, time, cancellationToken).ConfigureAwait(false);
                    return true;
                }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task CopyAsync(ISession source, SqliteEngine target, string place, TimeProvider time, CancellationToken cancellationToken)
    {
        StoreContents contents = await StoreInspection.ReadAsync(source, Dialect.Postgres).ConfigureAwait(false);
        if (contents.SchemaVersion == 0)
            throw new WorklistStoreException(WorklistStoreFailure.NotAStore, $"The database '{place}' holds no worklist; the gateway makes it at its first start.");
        if (contents.SchemaVersion > Migrator.Newest)
            throw Migrator.Newer(place, contents.SchemaVersion);
        await Migrator.UpgradeAsync(target, place, NullLogger.Instance, time, cancellationToken, contents.SchemaVersion).ConfigureAwait(false);
        IReadOnlyList<TableColumns> there = await target.ReadAsync(TableColumns.OfSqliteAsync, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TableColumns> here = await TableColumns.OfPostgresAsync(source).ConfigureAwait(false);
        // Rows stay as they are: what triggers would fill in is filled in already
        List<string> triggers = await target.WriteAsync(async session =>
        {
            List<(string Name, string Sql)> found = await session.QueryAsync(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", static row => (row.Text(0)!, row.Text(1)!)).ConfigureAwait(false);
            foreach ((string name, _) in found) await session.RunScriptAsync($"DROP TRIGGER {name}").ConfigureAwait(false);
            return found.ConvertAll(static trigger => trigger.Sql);
        }, cancellationToken).ConfigureAwait(false);
        foreach (TableColumns table in TableColumns.Shared(here, there))
            await CopyAsync(table, source, target, cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(async session =>
        {
            foreach (string trigger in triggers) await session.RunScriptAsync(trigger).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(TableColumns table, ISession source, SqliteEngine target, CancellationToken cancellationToken)
    {
        string write = table.Writing(Dialect.Sqlite);
        await target.WriteAsync(session => session.ExecuteAsync($"DELETE FROM {table.Table}"), cancellationToken).ConfigureAwait(false);
        await source.RunScriptAsync($"DECLARE rows_{table.Table} NO SCROLL CURSOR FOR SELECT {table.Reading(Dialect.Postgres)} FROM {table.Table}").ConfigureAwait(false);
        // A statement that is used often is prepared by its text, so each table's has its own
        string fetch = FormattableString.Invariant($"FETCH {AtOnce} FROM rows_{table.Table}");
        while (true)
        {
            List<string?[]> rows = await source.QueryAsync(fetch, table.Row).ConfigureAwait(false);
            if (rows.Count == 0) break;
            await target.WriteAsync(async session =>
            {
                foreach (string?[] row in rows) await session.ExecuteAsync(write, table.Values(row)).ConfigureAwait(false);
                return rows.Count;
            }, cancellationToken).ConfigureAwait(false);
        }

        await source.RunScriptAsync($"CLOSE rows_{table.Table}").ConfigureAwait(false);
    }
}
