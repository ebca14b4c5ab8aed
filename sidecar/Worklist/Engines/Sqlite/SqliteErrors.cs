using SQLitePCL;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>Says in the user's words what SQLite's result codes mean, and what to do.</summary>
internal static class SqliteErrors
{
    public static WorklistStoreException Explain(string path, int code, string engineMessage)
    {
        (WorklistStoreFailure failure, string text) = (code & 0xFF) switch
        {
            raw.SQLITE_CANTOPEN => (WorklistStoreFailure.CannotOpen,
                "cannot be opened. Check that its folder exists and that this user may read and write there."),
            raw.SQLITE_NOTADB => (WorklistStoreFailure.NotAStore,
                "is not an SQLite database. Move it away or set another path; a new store is made where none is."),
            raw.SQLITE_CORRUPT => (WorklistStoreFailure.NotAStore,
                "is damaged. Stop the program, keep a copy, and try: sqlite3 FILE .recover | sqlite3 NEWFILE."),
            raw.SQLITE_READONLY or raw.SQLITE_PERM => (WorklistStoreFailure.ReadOnly,
                "may not be written. Give this user the right to write the file, its -wal and -shm files and their folder."),
            raw.SQLITE_FULL => (WorklistStoreFailure.DiskFull,
                "cannot grow: the disk is full, or the size limit is reached. Make room; nothing was lost or half written."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (WorklistStoreFailure.Busy,
                "is held by another program for too long. End that program's transaction; the operation can be repeated."),
            raw.SQLITE_IOERR => (WorklistStoreFailure.Other,
                "cannot be read or written: the disk reports an error. Check the disk and the system log."),
            raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG => (WorklistStoreFailure.InvalidValue,
                "refused a value that a rule of its schema forbids."),
            _ => (WorklistStoreFailure.Other, "reports an error."),
        };
        // The engine's sentence may quote names from the schema but never values, so it is safe to show.
        return new WorklistStoreException(failure, $"The worklist store '{path}' {text} (SQLite {code}: {engineMessage})");
    }
}
