using System.Data;
using System.Diagnostics.CodeAnalysis;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>What goes wrong, and that the connection is as good as before, or says that it is not.</summary>
public abstract partial class ProviderTests<TServer>
{
    [Fact]
    public void A_missing_table_is_told_with_state_number_text_and_advice()
    {
        using OdbcConnection connection = Server.Open();

        OdbcException failure = Assert.Throws<OdbcException>(() => connection.Scalar("select 1 from no_such_table"));

        Assert.Equal(Can.MissingStates.Table, failure.SqlState);
        Assert.NotEqual(0, failure.NativeError);
        Assert.Contains("no_such_table", Assert.Single(failure.Errors, error => error.SqlState == failure.SqlState).Message, StringComparison.Ordinal);
        Assert.Contains("table", failure.Advice, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Running the statement", failure.Phase);
        Assert.False(failure.IsTransient);
        StillWorks(connection);
    }

    [Fact]
    public void A_missing_column_is_told_with_advice()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");

        OdbcException failure = Assert.Throws<OdbcException>(() => connection.Scalar($"select no_such_column from {table}"));

        Assert.Equal(Can.MissingStates.Column, failure.SqlState);
        Assert.Contains("column", failure.Advice, StringComparison.OrdinalIgnoreCase);
        StillWorks(connection);
    }

    [Fact]
    public async Task SQL_that_is_none_is_refused_and_the_connection_goes_on()
    {
        using OdbcConnection connection = Server.Open();

        await Assert.ThrowsAsync<OdbcException>(() => connection.Command("selekt 1").ExecuteScalarAsync(CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => connection.Command("").ExecuteReader());

        StillWorks(connection);
    }

    [Fact]
    public void A_value_that_has_no_form_in_SQL_is_refused_by_the_parameters_name()
    {
        using OdbcConnection connection = Server.Open();

        NotSupportedException refused = Assert.Throws<NotSupportedException>(() => connection.Scalar("select @x", "x", new Uri("http://x")));

        Assert.Contains("'x'", refused.Message, StringComparison.Ordinal);
        StillWorks(connection);
    }

    [Fact]
    public void A_command_ends_when_its_time_is_up()
    {
        using OdbcConnection connection = Server.Open();
        using OdbcCommand command = connection.Command(Can.SlowQuery);
        command.CommandTimeout = 1;

        OdbcException failure = Assert.Throws<OdbcException>(() => command.ExecuteScalar());

        Assert.Equal("HYT00", failure.SqlState);
        Assert.True(failure.IsTimeout && failure.IsTransient);
    }

    [Fact]
    public async Task A_command_ends_when_its_time_is_up_also_without_a_thread_of_its_own()
    {
        using OdbcConnection connection = Server.Open();
        using OdbcCommand command = connection.Command(Can.SlowQuery);
        command.CommandTimeout = 1;

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(() => command.ExecuteScalarAsync(CancellationToken.None));

        Assert.Equal("HYT00", failure.SqlState);
    }

    [Fact]
    public async Task A_command_ends_when_its_token_is_cancelled()
    {
        using OdbcConnection connection = Server.Open();
        using OdbcCommand command = connection.Command(Can.SlowQuery);
        command.CommandTimeout = 0;
        using var cancellation = new CancellationTokenSource();

        Task<object?> running = command.ExecuteScalarAsync(cancellation.Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_token_cancelled_before_stops_everything_before_it_begins()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Command($"insert into {table} (v) values (1)").ExecuteNonQueryAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new OdbcConnection(Server.ConnectionString).OpenAsync(cancelled));

        Assert.Equal(0, connection.Count(table));
    }

    [Fact]
    public void The_password_is_printed_nowhere()
    {
        const string Secret = "s3cr;et}pass";
        string given = $"{Server.ConnectionString};Password={{s3cr;et}}}}pass}}";
        using var connection = new OdbcConnection(given);
        Assert.Contains("s3cr", connection.ConnectionString, StringComparison.Ordinal);
        Exception? failure = Record.Exception(connection.Open);
        using var source = new OdbcDataSource(given);

        Assert.DoesNotContain(Secret, failure?.ToString() ?? "", StringComparison.Ordinal);
        if (failure is null) Assert.DoesNotContain("s3cr", connection.ConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", source.ConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", source.CreateConnection().ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    [SuppressMessage("Performance", "CA1849", Justification = "the synchronous calls are what is tested")]
    public void A_closed_connection_refuses_by_name()
    {
        var connection = new OdbcConnection(Server.ConnectionString);
        Assert.Throws<InvalidOperationException>(() => connection.Scalar("select 1"));
        connection.Open();
        Assert.Throws<InvalidOperationException>(connection.Open);
        connection.Close();
        connection.Close();
        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(() => connection.BeginTransaction());
        connection.Dispose();
    }

    [Fact]
    public void A_connection_closed_under_a_reader_closes_it()
    {
        OdbcConnection connection = Server.Open();
        OdbcDataReader reader = connection.Command("select 1").ExecuteReader();
        connection.Close();

        Assert.Throws<InvalidOperationException>(() => reader.Read());
        reader.Close();
        Assert.True(reader.IsClosed);
    }

    private static void StillWorks(OdbcConnection connection) =>
        Assert.Equal(1, Convert.ToInt32(connection.Scalar("select 1"), System.Globalization.CultureInfo.InvariantCulture));
}
