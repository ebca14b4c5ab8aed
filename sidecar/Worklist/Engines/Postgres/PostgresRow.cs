using Npgsql;

namespace Gantry.Worklist.Engines.Postgres;

internal sealed class PostgresRow(NpgsqlDataReader reader) : IRow
{
    public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public byte[] Bytes(int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);

    public long Integer(int column) => reader.IsDBNull(column) ? 0 : reader.GetInt64(column);
}
