using Gantry.Worklist.Engines.Sqlite;
using Gantry.Worklist.Schema;

namespace Gantry.Worklist;

/// <summary>Brings a copy back as the store. Nothing is changed until the copy is known to be whole and of this program's schema.</summary>
public static class StoreRestore
{
    // A message that was under way when the copy was made is due again, whoever had taken it; so is the reading of the EMR
    private const string Release = """
        UPDATE outbox SET taken_by = NULL, next_attempt_at = created_at WHERE taken_by IS NOT NULL AND delivered_at IS NULL;
        UPDATE emr_sync SET lease_owner = NULL, lease_until = NULL;
        """;

    /// <summary>Brings a copy back.</summary>
    /// <param name="options">Where the store is to be.</param>
    /// <param name="file">The copy. It is brought to this program's schema, and on SQLite moved away: give a copy of the copy.</param>
    /// <param name="overwrite">True to write over a store that holds something. On SQLite what was there is kept beside it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up, having changed nothing.</param>
    /// <returns>What the store holds now, and where what was there before is kept; null where nothing was, or on PostgreSQL.</returns>
    /// <exception cref="WorklistStoreException">The copy is damaged or of a newer program, the store is in use, holds something, or cannot be written.</exception>
    public static async Task<(StoreContents Contents, string? KeptAs)> BringBackAsync(
        WorklistStoreOptions options, string file, bool overwrite, TimeProvider time, CancellationToken cancellationToken)
    {
        StoreContents copy = StoreCopy.Check(file);
        if (copy.SchemaVersion > Migrator.Newest)
            throw Migrator.Newer(file, copy.SchemaVersion);
        await StoreCopy.UpgradeAsync(file, time, cancellationToken).ConfigureAwait(false);
        using (SqliteConnection connection = SqliteConnection.Open(file, options.BusyTimeout, create: false))
            connection.Run(Release);
        string? kept = null;
        if (options.SqlitePath is { Length: > 0 } path)
            kept = SqliteRestore.Replace(Path.GetFullPath(path), file, copy, overwrite, time);
        else
            await PostgresRestore.FillAsync(options.Postgres!, file, copy, overwrite, time, cancellationToken).ConfigureAwait(false);
        return (copy with { SchemaVersion = Migrator.Newest }, kept);
    }

    /// <summary>Refuses to write over what somebody may still want.</summary>
    /// <exception cref="WorklistStoreException">The store holds something.</exception>
    internal static void RequireEmpty(string place, StoreContents there, StoreContents copy, bool overwrite)
    {
        if (overwrite || there.IsEmpty) return;
        string newer = there.SchemaVersion > Migrator.Newest ? ", is of a newer Gantry"
            : there.LastChange > copy.LastChange ? ", has been changed after the copy was made" : "";
        throw new WorklistStoreException(WorklistStoreFailure.InvalidValue, FormattableString.Invariant(
            $"The worklist store '{place}' holds {there.Orders} orders{newer}. Nothing was changed. Make a backup of it, then repeat with --force; or restore to another place."));
    }
}
