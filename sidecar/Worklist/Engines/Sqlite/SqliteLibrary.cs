using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>
/// Finds the operating system's own SQLite, which the distribution keeps patched, under the name that SQLitePCLRaw asks for.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>The name by which SQLitePCLRaw and <see cref="SqliteColumns"/> ask for the library.</summary>
    public const string Name = "e_sqlite3";

    private static readonly string[] SystemNames = ["libsqlite3.so.0", "libsqlite3.dylib", "winsqlite3.dll"];

    private static readonly Lazy<bool> Loaded = new(static () =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    });

    public static void Load()
    {
        try
        {
            _ = Loaded.Value;
        }
        catch (DllNotFoundException e)
        {
            throw new WorklistStoreException(WorklistStoreFailure.CannotOpen,
                "The SQLite library of the operating system (libsqlite3.so.0) was not found. "
                + "Install it: apt-get install libsqlite3-0.", e);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name) return 0;
        foreach (string candidate in SystemNames)
            if (NativeLibrary.TryLoad(candidate, out nint handle)) return handle;
        return 0;
    }
}
