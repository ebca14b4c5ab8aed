using System.Text;
using Gantry.Worklist.Queries;
using Npgsql;

namespace Gantry.Worklist.Engines.Postgres;

/// <summary>Rows as the server streams them; the connection goes back to Npgsql's pool when it is disposed.</summary>
internal sealed class PostgresCursor : IWorklistCursor
{
    private readonly string _place;
    private readonly CriteriaSql _sql;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly byte[]?[] _values = new byte[]?[WorklistColumns.Count];
    private bool _onRow;
    private bool _atEnd;

    private PostgresCursor(
        string place, CriteriaSql sql, NpgsqlConnection connection, NpgsqlCommand command, NpgsqlDataReader reader) =>
        (_place, _sql, _connection, _command, _reader) = (place, sql, connection, command, reader);

    public ReadOnlySpan<byte> this[WorklistColumn column]
    {
        get
        {
            int position = _sql.PositionOf(column);
            if (position < 0 || !_onRow) return default;
            return _values[position] ??= _reader.IsDBNull(position) ? [] : Encoding.UTF8.GetBytes(_reader.GetString(position));
        }
    }

    public static async ValueTask<IWorklistCursor> OpenAsync(
        NpgsqlDataSource source, string place, WorklistCriteria criteria, CancellationToken cancellationToken)
    {
        CriteriaSql sql = CriteriaSql.For(criteria);
        NpgsqlConnection? connection = null;
        NpgsqlCommand? command = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            sql.Bind(criteria, values => command = PostgresSession.Command(connection, sql.Text, values));
            NpgsqlDataReader reader = await command!.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return new PostgresCursor(place, sql, connection, command, reader);
        }
        catch (Exception e)
        {
            if (command is not null) await command.DisposeAsync().ConfigureAwait(false);
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
            if (e is NpgsqlException told) throw PostgresErrors.Explain(place, told);
            throw;
        }
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Array.Clear(_values);
        try
        {
            _onRow = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _atEnd = !_onRow;
            return _onRow;
        }
        catch (NpgsqlException e)
        {
            throw PostgresErrors.Explain(_place, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _onRow = false;
        try
        {
            // A list given up half way is stopped at the server instead of being read to its end.
            if (!_atEnd) _command.Cancel();
            await _reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Cancelled as asked, or the server is gone: either way the list is over, and who reads it was told by ReadAsync.
        }

        await _command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
