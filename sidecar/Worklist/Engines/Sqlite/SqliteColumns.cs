using System.Runtime.InteropServices;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>
/// The two calls that are made for every value of every row, bound directly: they only hand out a pointer and a length from
/// SQLite's memory,
/// so neither a handle's reference count nor a change of the collector's mode is worth paying for.
/// </summary>
internal static partial class SqliteColumns
{
    /// <summary>The value's bytes, valid until the next step or reset.</summary>
    public static unsafe ReadOnlySpan<byte> Value(nint statement, int column)
    {
        // The pointer first: asking for it may turn a number into text, whose length is then the one that counts.
        byte* start = Blob(statement, column);
        return start is null ? default : new ReadOnlySpan<byte>(start, Length(statement, column));
    }

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_blob")]
    [SuppressGCTransition]
    private static unsafe partial byte* Blob(nint statement, int column);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    private static partial int Length(nint statement, int column);
}
