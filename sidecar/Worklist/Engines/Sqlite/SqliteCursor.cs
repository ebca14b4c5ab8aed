using Gantry.Worklist.Queries;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>Rows straight from SQLite's memory; its connection goes back to the pool when it is disposed.</summary>
internal sealed class SqliteCursor : IWorklistCursor
{
    private readonly SqliteReaders _readers;
    private readonly CriteriaSql _sql;
    private SqliteConnection? _connection;
    private SqliteStatement? _statement;
    private bool _hasRow;
    private bool _started;

    public SqliteCursor(SqliteReaders readers, WorklistCriteria criteria)
    {
        _readers = readers;
        _sql = CriteriaSql.For(criteria);
        _connection = readers.Rent();
        try
        {
            _statement = _connection.Statement(_sql.Text);
            _sql.Bind(criteria, _statement.Bind);
            // The first step takes the snapshot: the query sees the store as it is now, not as it is at the first read.
            _hasRow = _statement.Step();
        }
        catch
        {
            Close();
            throw;
        }
    }

    public ReadOnlySpan<byte> this[WorklistColumn column]
    {
        get
        {
            int position = _sql.PositionOf(column);
            return position < 0 || !_started || !_hasRow || _statement is null ? default : _statement.Value(position);
        }
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        ObjectDisposedException.ThrowIf(_statement is null, this);
        if (_started && _hasRow) _hasRow = _statement.Step();
        _started = true;
        return new ValueTask<bool>(_hasRow);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return default;
    }

    private void Close()
    {
        SqliteConnection? connection = Interlocked.Exchange(ref _connection, null);
        if (connection is null) return;
        _statement?.Reset();
        _statement = null;
        _readers.Return(connection);
    }
}
