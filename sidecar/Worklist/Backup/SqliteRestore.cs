using System.Globalization;
using Gantry.Worklist.Engines.Sqlite;

namespace Gantry.Worklist;

/// <summary>Puts a copy in the place of an SQLite file.</summary>
internal static class SqliteRestore
{
    /// <returns>Where the file that was there is kept; null where there was none.</returns>
    public static string? Replace(string path, string file, StoreContents copy, bool overwrite, TimeProvider time)
    {
        string? kept = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
            {
                RequireUnused(path);
                StoreRestore.RequireEmpty(path, Look(path), copy, overwrite);
                kept = $"{path}.before-restore-{time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
                File.Move(path, kept);
            }

            // Whoever used the file last has taken these away; one that was killed has not, and they belong to the old file
            foreach (string suffix in (string[])["-wal", "-shm"])
            {
                if (!File.Exists(path + suffix)) continue;
                if (kept is null) File.Delete(path + suffix);
                else File.Move(path + suffix, kept + suffix);
            }

            File.Move(file, path);
            return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (kept is not null && !File.Exists(path) && File.Exists(kept)) File.Move(kept, path);
            throw new WorklistStoreException(WorklistStoreFailure.ReadOnly,
                $"The worklist store '{path}' cannot be put in place: {e.Message.TrimEnd('.')}. Check who may write its folder, and the room on its disk.", e);
        }
    }

    /// <summary>
    /// Whoever has the file open holds a shared lock on it as long as it is in WAL mode. A gateway that goes on writing to a file that was
    /// moved away would lose all of it.
    /// </summary>
    private static void RequireUnused(string path)
    {
        try
        {
            using var connection = SqliteConnection.Open(path, TimeSpan.FromMilliseconds(200), create: false);
            connection.Run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
        }
        catch (WorklistStoreException e) when (e.Failure == WorklistStoreFailure.Busy)
        {
            throw new WorklistStoreException(WorklistStoreFailure.Busy,
                $"The worklist store '{path}' is in use. Nothing was changed. Stop the gateway, and whatever else has the file open, then repeat.", e);
        }
        catch (WorklistStoreException e) when (e.Failure == WorklistStoreFailure.NotAStore)
        {
            // A damaged file is what a restore is for
        }
    }

    private static StoreContents Look(string path)
    {
        try
        {
            using var connection = SqliteConnection.Open(path, TimeSpan.FromSeconds(5), create: false);
            return StoreCopy.Now(StoreInspection.ReadAsync(new SqliteSession(connection), Engines.Dialect.Sqlite));
        }
        catch (WorklistStoreException e) when (e.Failure == WorklistStoreFailure.NotAStore)
        {
            // Unreadable is not empty: it takes --force too
            return new StoreContents(0, -1, 0, 0, null);
        }
    }
}
