using Npgsql;
using NpgsqlTypes;

namespace Gantry.Worklist.Engines.Postgres;

/// <summary>Runs statements in a transaction on one connection; Npgsql prepares those that are used often.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, CancellationToken cancellationToken) : ISession
{
    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values) =>
        RunAsync(Command(connection, sql, values));

    public ValueTask<List<T>> QueryAsync<T>(string sql, Func<IRow, T> read, params ReadOnlySpan<SqlValue> values) =>
        ReadAsync(Command(connection, sql, values), read);

    public async ValueTask RunScriptAsync(string sql)
    {
        // One statement text with several statements is split by the server's simple protocol only if nothing rewrites it.
        NpgsqlCommand command = new(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, ReadOnlySpan<SqlValue> values)
    {
        NpgsqlCommand command = new(sql, connection);
        foreach (SqlValue value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(in SqlValue value) => value.Kind switch
    {
        SqlKind.Integer => new NpgsqlParameter<long> { TypedValue = value.Integer },
        SqlKind.Bytes =>
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value.Bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        SqlKind.Text => value.Text is null
            ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }
            : new NpgsqlParameter<string> { TypedValue = value.Text, NpgsqlDbType = NpgsqlDbType.Text },
    };

    private async ValueTask<int> RunAsync(NpgsqlCommand command)
    {
        await using (command.ConfigureAwait(false))
            return Math.Max(0, await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<IRow, T> read)
    {
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var row = new PostgresRow(reader);
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(row));
                return rows;
            }
        }
    }
}
