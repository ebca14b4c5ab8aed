using SQLitePCL;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>One connection to the file, used by one thread at a time, with its prepared statements.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private const int MaximumStatements = 48;

    private readonly Dictionary<string, SqliteStatement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly sqlite3 _handle;

    private SqliteConnection(string path, sqlite3 handle) => (Path, _handle) = (path, handle);

    public string Path { get; }

    /// <summary>False while a transaction is open; SQLite ends one by itself after errors such as a full disk.</summary>
    public bool IsAutoCommit => raw.sqlite3_get_autocommit(_handle) != 0;

    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens the file; it is made if it is missing and <paramref name="create"/> says so.</summary>
    public static SqliteConnection Open(string path, TimeSpan busyTimeout, bool create)
    {
        SqliteLibrary.Load();
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        int code = raw.sqlite3_open_v2(path, out sqlite3 handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            string message = raw.sqlite3_errmsg(handle).utf8_to_string();
            handle.Dispose();
            throw SqliteErrors.Explain(path, code, message);
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        return new SqliteConnection(path, handle);
    }

    /// <summary>The prepared statement for a text, reset and ready to be bound; texts are told apart by reference.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (_statements.TryGetValue(sql, out SqliteStatement? known)) return known;
        if (_statements.Count >= MaximumStatements) Forget();
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt handle));
        var statement = new SqliteStatement(this, handle);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements without parameters.</summary>
    public void Run(string sql)
    {
        ReadOnlySpan<char> rest = sql;
        while (!rest.Trim().IsEmpty)
        {
            Check(raw.sqlite3_prepare_v2(_handle, rest.ToString(), out sqlite3_stmt handle, out string tail));
            rest = tail;
            if (handle.IsInvalid) continue;
            using var statement = new SqliteStatement(this, handle);
            while (statement.Step())
            {
                // A pragma answers with rows; nobody asks for them here.
            }
        }
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) throw Failure(code);
    }

    public WorklistStoreException Failure(int code) =>
        SqliteErrors.Explain(Path, code, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        Forget();
        _handle.Dispose();
    }

    private void Forget()
    {
        foreach (SqliteStatement statement in _statements.Values) statement.Dispose();
        _statements.Clear();
    }
}
