using System.Buffers;
using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>A prepared statement: bind, step through its rows, reset.</summary>
internal sealed class SqliteStatement : IRow, IDisposable
{
    private const int StackBytes = 512;

    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _handle;
    private readonly nint _pointer;

    // Parameters are numbered by SQLite in the order in which they appear, by us as the digits say.
    private readonly int[] _positions;

    public SqliteStatement(SqliteConnection connection, sqlite3_stmt handle)
    {
        (_connection, _handle, _pointer) = (connection, handle, handle.DangerousGetHandle());
        _positions = new int[raw.sqlite3_bind_parameter_count(handle)];
        for (int i = 0; i < _positions.Length; i++)
            _positions[i] = raw.sqlite3_bind_parameter_index(handle, "$" + (i + 1).ToString(CultureInfo.InvariantCulture));
    }

    public void Bind(ReadOnlySpan<SqlValue> values)
    {
        if (values.Length != _positions.Length)
            throw new ArgumentException($"{_positions.Length} values are needed, {values.Length} were given.", nameof(values));
        for (int i = 0; i < values.Length; i++) Bind(_positions[i], values[i]);
    }

    /// <summary>Goes to the next row; false after the last one.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) throw Broken(code);
        return false;
    }

    /// <summary>Ends the reading, and with it the snapshot if no transaction is open.</summary>
    public void Reset() => raw.sqlite3_reset(_handle);

    /// <summary>The value's bytes as they are in the file, valid until the next step.</summary>
    public ReadOnlySpan<byte> Value(int column) => SqliteColumns.Value(_pointer, column);

    public string? Text(int column) =>
        raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL ? null : Encoding.UTF8.GetString(Value(column));

    public byte[] Bytes(int column) => Value(column).ToArray();

    public long Integer(int column) => raw.sqlite3_column_int64(_handle, column);

    public void Dispose() => _handle.Dispose();

    private WorklistStoreException Broken(int code)
    {
        WorklistStoreException failure = _connection.Failure(code);
        Reset();
        return failure;
    }

    private void Bind(int position, in SqlValue value)
    {
        int code = value.Kind switch
        {
            SqlKind.Integer => raw.sqlite3_bind_int64(_handle, position, value.Integer),
            SqlKind.Bytes => value.Bytes.IsEmpty
                ? raw.sqlite3_bind_zeroblob(_handle, position, 0)
                : raw.sqlite3_bind_blob(_handle, position, value.Bytes.Span),
            SqlKind.Text => value.Text is null ? raw.sqlite3_bind_null(_handle, position) : BindText(position, value.Text),
        };
        _connection.Check(code);
    }

    private int BindText(int position, string text)
    {
        int longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = longest <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(longest);
        Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
        int code = raw.sqlite3_bind_text(_handle, position, buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return code;
    }
}
