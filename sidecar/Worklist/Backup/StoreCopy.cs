using Gantry.Worklist.Engines.Sqlite;
using Gantry.Worklist.Schema;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist;

/// <summary>
/// Copies of a store. A copy is one SQLite file, whichever engine the store is on, so that it can be looked at with the sqlite3 program and
/// brought back to either engine. Making one disturbs nobody: it is what stood in the store at one moment.
/// </summary>
public static class StoreCopy
{
    /// <summary>Writes a copy of a store that may be in use.</summary>
    /// <param name="options">Where the store is; it is not changed, nor brought to this program's schema.</param>
    /// <param name="file">The file to make; there must be none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up; a piece of the file may be left.</param>
    /// <returns>What the copy holds.</returns>
    /// <exception cref="WorklistStoreException">The store cannot be read, the file cannot be written, or the copy is damaged.</exception>
    public static async Task<StoreContents> WriteAsync(
        WorklistStoreOptions options, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.SqlitePath is { Length: > 0 } path)
            await Task.Run(() => CopyFile(Path.GetFullPath(path), file, options.BusyTimeout), cancellationToken).ConfigureAwait(false);
        else
            await PostgresExport.WriteAsync(options.Postgres!, file, time, cancellationToken).ConfigureAwait(false);
        return Check(file);
    }

    /// <summary>Looks into a copy and makes sure that it is whole.</summary>
    /// <exception cref="WorklistStoreException">It is no store, or damaged.</exception>
    public static StoreContents Check(string file)
    {
        using var connection = SqliteConnection.Open(file, TimeSpan.FromSeconds(5), create: false);
        var session = new SqliteSession(connection);
        List<string?> findings = Now(session.QueryAsync("PRAGMA quick_check(1)", static row => row.Text(0)));
        if (findings is not ["ok"])
            throw new WorklistStoreException(WorklistStoreFailure.NotAStore,
                $"The copy '{file}' is damaged: {findings.FirstOrDefault()}. Take another one.");
        if (Now(session.QueryAsync("SELECT 1 FROM sqlite_master WHERE name = 'schema_version'", static row => row.Integer(0))).Count == 0)
            throw new WorklistStoreException(WorklistStoreFailure.NotAStore, $"'{file}' is an SQLite database, but no worklist of Gantry.");
        return Now(StoreInspection.ReadAsync(session, Engines.Dialect.Sqlite));
    }

    /// <summary>Brings a copy to this program's schema, in place.</summary>
    /// <exception cref="WorklistStoreException">It is of a newer program.</exception>
    internal static async Task UpgradeAsync(string file, TimeProvider time, CancellationToken cancellationToken)
    {
        var options = new WorklistStoreOptions { SqlitePath = file };
        SqliteEngine engine = await SqliteEngine.OpenAsync(file, options, NullLogger.Instance, time, cancellationToken).ConfigureAwait(false);
        await using (engine.ConfigureAwait(false))
            await Migrator.UpgradeAsync(engine, file, NullLogger.Instance, time, cancellationToken).ConfigureAwait(false);
    }

    private static void CopyFile(string path, string file, TimeSpan busyTimeout)
    {
        using var connection = SqliteConnection.Open(path, busyTimeout, create: false);
        try
        {
            // One read transaction: writers go on meanwhile, and what they write is not in the copy
            Now(new SqliteSession(connection).ExecuteAsync("VACUUM INTO $1", file));
        }
        catch (WorklistStoreException e) when (e.Failure is WorklistStoreFailure.DiskFull or WorklistStoreFailure.CannotOpen or WorklistStoreFailure.ReadOnly)
        {
            // SQLite speaks of the store, whichever of the two it is
            throw new WorklistStoreException(e.Failure, $"The copy '{file}' cannot be written: "
                + (e.Failure == WorklistStoreFailure.DiskFull ? "its disk is full. Make room, or take another place." : "check that its folder exists and who may write there."), e);
        }
    }

    /// <summary>On SQLite every task is complete when it is returned.</summary>
    internal static T Now<T>(ValueTask<T> task) => task.GetAwaiter().GetResult();
}
