using Gantry.Worklist.Engines;
using Gantry.Worklist.Engines.Postgres;
using Gantry.Worklist.Engines.Sqlite;
using Gantry.Worklist.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gantry.Worklist;

/// <summary>Fills a PostgreSQL store from a copy, in one transaction.</summary>
internal static class PostgresRestore
{
    private const int AtOnce = 500;

    public static async Task FillAsync(
        string connectionString, string file, StoreContents copy, bool overwrite, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new WorklistStoreOptions { SqlitePath = file };
        SqliteEngine source = await SqliteEngine.OpenAsync(file, options, NullLogger.Instance, time, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            // Known from the gateways by its name
            var target = new PostgresEngine(connectionString, "gantry-restore");
            await using (target.ConfigureAwait(false))
            {
                StoreContents there = await target.ReadAsync(static session => StoreInspection.ReadAsync(session, Dialect.Postgres), cancellationToken).ConfigureAwait(false);
                StoreRestore.RequireEmpty(target.Place, there, copy, overwrite);
                await target.ReadAsync(session => RequireUnusedAsync(session, target.Place, connectionString), cancellationToken).ConfigureAwait(false);
                await Migrator.UpgradeAsync(target, target.Place, NullLogger.Instance, time, cancellationToken).ConfigureAwait(false);
                IReadOnlyList<TableColumns> from = await source.ReadAsync(TableColumns.OfSqliteAsync, cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(session => FillAsync(session, from, source, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<bool> RequireUnusedAsync(ISession session, string place, string connectionString)
    {
        string name = new NpgsqlConnectionStringBuilder(connectionString).ApplicationName is { Length: > 0 } given ? given : PostgresEngine.UsualName;
        long users = (await session.QueryAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1", static row => row.Integer(0), name).ConfigureAwait(false))[0];
        return users == 0 ? true : throw new WorklistStoreException(WorklistStoreFailure.Busy,
            $"The worklist store '{place}' is in use. Nothing was changed. Stop every gateway that shares it, then repeat.");
    }

    private static async ValueTask<bool> FillAsync(
        ISession target, IReadOnlyList<TableColumns> from, SqliteEngine source, CancellationToken cancellationToken)
    {
        foreach (TableColumns table in TableColumns.Shared(from, await TableColumns.OfPostgresAsync(target).ConfigureAwait(false)).ToList())
        {
            // Rows stay as they are: what triggers would fill in is filled in already
            await target.RunScriptAsync($"ALTER TABLE {table.Table} DISABLE TRIGGER USER; TRUNCATE {table.Table}").ConfigureAwait(false);
            string write = table.Writing(Dialect.Postgres);
            string read = FormattableString.Invariant(
                $"SELECT {table.Reading(Dialect.Sqlite)}, rowid FROM {table.Table} WHERE rowid > $1 ORDER BY rowid LIMIT {AtOnce}");
            long last = long.MinValue;
            while (true)
            {
                List<(string?[] Row, long Number)> rows = await source.ReadAsync(session => session.QueryAsync(
                    read, row => (table.Row(row), row.Integer(table.Columns.Count)), last), cancellationToken).ConfigureAwait(false);
                if (rows.Count == 0) break;
                foreach ((string?[] row, _) in rows) await target.ExecuteAsync(write, table.Values(row)).ConfigureAwait(false);
                last = rows[^1].Number;
            }

            await target.RunScriptAsync($"ALTER TABLE {table.Table} ENABLE TRIGGER USER").ConfigureAwait(false);
        }

        foreach ((string table, string column) in await target.QueryAsync(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'",
            static row => (row.Text(0)!, row.Text(1)!)).ConfigureAwait(false))
            await target.RunScriptAsync($"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)")
                .ConfigureAwait(false);
        return true;
    }
}
