using System.Globalization;

namespace Gantry.Odbc.Tests.Drivers;

/// <summary>A driver and a server for it, shared by the tests of a class.</summary>
public abstract class ServerUnderTest : IAsyncLifetime
{
    private int _tables;

    public abstract Capabilities Can { get; }

    public abstract string ConnectionString { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    public OdbcConnection Open()
    {
        var connection = new OdbcConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>A name that no other test uses.</summary>
    public string NewTable() =>
        string.Create(CultureInfo.InvariantCulture, $"t{Environment.ProcessId}_{Interlocked.Increment(ref _tables)}");
}

internal static class Commands
{
    /// <summary>A command with parameters in pairs: name, value.</summary>
    public static OdbcCommand Command(this OdbcConnection connection, string sql, params object?[] namesAndValues)
    {
        var command = new OdbcCommand(sql, connection);
        for (int index = 0; index < namesAndValues.Length; index += 2)
            command.Parameters.AddWithValue((string)namesAndValues[index]!, namesAndValues[index + 1]);
        return command;
    }

    public static int Run(this OdbcConnection connection, string sql, params object?[] namesAndValues)
    {
        using OdbcCommand command = connection.Command(sql, namesAndValues);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this OdbcConnection connection, string sql, params object?[] namesAndValues)
    {
        using OdbcCommand command = connection.Command(sql, namesAndValues);
        return command.ExecuteScalar();
    }

    public static long Count(this OdbcConnection connection, string table) =>
        Convert.ToInt64(connection.Scalar($"select count(*) from {table}"), CultureInfo.InvariantCulture);
}
