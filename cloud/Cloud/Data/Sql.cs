using Npgsql;

namespace Gantry.Cloud.Data;

/// <summary>Commands with numbered parameters, on a data source or within a transaction.</summary>
internal static class Sql
{
    /// <summary>
    /// First in a transaction whose statements all look up rows by an index. Their plans are kept on each connection, and one that was made
    /// while a table was small reads all of it, again and again, while it grows by a thousand rows a second: until PostgreSQL counts it anew,
    /// about once a minute.
    /// </summary>
    public const string ByIndex = "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)";

    /// <summary>A command; null becomes SQL's NULL.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        Fill(connection.CreateCommand(), sql, values);

    /// <summary>A command on a connection of its own.</summary>
    public static NpgsqlCommand Command(this NpgsqlDataSource database, string sql, params ReadOnlySpan<object?> values) =>
        Fill(database.CreateCommand(), sql, values);

    /// <summary>Several commands in one round trip, each with its own snapshot; null becomes SQL's NULL.</summary>
    public static NpgsqlBatch Batch(this NpgsqlConnection connection, params ReadOnlySpan<(string Sql, object?[] Values)> commands)
    {
        var batch = connection.CreateBatch();
        foreach (var (sql, values) in commands)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = sql;
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }
        return batch;
    }

    /// <summary>Statements that come again and again are parsed and planned once on each connection, unless the settings say otherwise.</summary>
    public static NpgsqlDataSource Source(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 2);
        return NpgsqlDataSource.Create(settings);
    }

    private static NpgsqlCommand Fill(NpgsqlCommand command, string sql, ReadOnlySpan<object?> values)
    {
#pragma warning disable CA2100 // a constant, or a script of this program (Migrations); values are parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
