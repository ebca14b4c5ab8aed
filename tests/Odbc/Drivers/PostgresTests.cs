using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Gantry.Odbc.Tests.Suite;

namespace Gantry.Odbc.Tests.Drivers;

public sealed class PostgresTests(PostgresServer server) : ProviderTests<PostgresServer>(server)
{
    [Fact]
    public async Task A_commit_that_takes_too_long_is_left_behind_with_its_connection()
    {
        await using OdbcConnection connection = Server.Open();
        connection.Run("create table slow (v int)");
        connection.Run("create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(3); return null; end'");
        connection.Run("create constraint trigger wait after insert on slow deferrable initially deferred for each row execute function wait()");
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        connection.Run("insert into slow values (1)");

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transaction.CommitAsync(patience.Token));

        Assert.Equal(ConnectionState.Broken, connection.State);
        using OdbcConnection other = Server.Open();
        Assert.Equal(0, other.Count("slow"));
    }

    [Fact]
    public async Task A_connection_that_the_server_ended_is_known_to_be_lost_and_leaves_the_pool()
    {
        await using var source = new OdbcDataSource(Server.ConnectionString);
        await using (OdbcConnection connection = await source.OpenConnectionAsync())
        {
            OdbcException failure = Assert.Throws<OdbcException>(() => connection.Scalar("select pg_terminate_backend(pg_backend_pid())"));

            Assert.True(failure.IsConnectionLost && failure.IsTransient);
            Assert.Equal(ConnectionState.Broken, connection.State);
            Assert.True(Assert.Throws<OdbcException>(() => connection.Scalar("select 1")).IsConnectionLost);
        }
        Assert.Equal(0, source.IdleCount);

        await using OdbcConnection next = await source.OpenConnectionAsync();
        Assert.Equal(1, next.Scalar("select 1"));
    }

    [Fact]
    public async Task A_connection_that_died_while_idle_fails_once_and_is_replaced()
    {
        await using var source = new OdbcDataSource(Server.ConnectionString);
        int process;
        await using (OdbcConnection connection = await source.OpenConnectionAsync()) process = (int)connection.Scalar("select pg_backend_pid()")!;
        using (OdbcConnection other = Server.Open()) other.Scalar("select pg_terminate_backend(@p, 10000)", "p", process);

        await using (OdbcConnection connection = await source.OpenConnectionAsync())
            Assert.True(Assert.Throws<OdbcException>(() => connection.Scalar("select 1")).IsConnectionLost);

        await using OdbcConnection next = await source.OpenConnectionAsync();
        Assert.Equal(1, next.Scalar("select 1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_hangs_holds_nobody(bool byToken)
    {
        await using var source = new OdbcDataSource(Server.ConnectionString);
        OdbcConnection connection = await source.OpenConnectionAsync();
        string process = connection.Scalar("select pg_backend_pid()")!.ToString()!;
        await KillAsync("-STOP", process);
        try
        {
            // The server cannot hear the cancel either
            await using OdbcCommand command = connection.Command("select 1");
            command.CommandTimeout = byToken ? 0 : 1;
            using var cancellation = new CancellationTokenSource();
            if (byToken) cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
            Exception? failure = await Record.ExceptionAsync(() => command.ExecuteScalarAsync(cancellation.Token));

            Assert.True(byToken ? failure is OperationCanceledException : failure is OdbcException { IsTimeout: true });
            Assert.Equal(ConnectionState.Broken, connection.State);
            Assert.Throws<OdbcException>(() => connection.BeginTransaction());
            await connection.DisposeAsync();
            Assert.Equal((0, 0), (source.RentedCount, source.IdleCount));
        }
        finally
        {
            await KillAsync("-CONT", process);
        }
    }

    [Fact]
    public async Task Rows_before_a_failure_are_given_before_it_is_told()
    {
        using var connection = new OdbcConnection($"{Server.ConnectionString};UseDeclareFetch=1;Fetch=10");
        connection.Open();
        await using OdbcDataReader reader = await connection.Command("select n, 1 / (501 - n) from generate_series(1, 1000) as n").ExecuteReaderAsync();
        int rows = 0;

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(async () =>
        {
            while (await reader.ReadAsync()) Assert.Equal(++rows, reader.GetInt32(0));
        });

        Assert.Equal("22012", failure.SqlState);
        Assert.Equal("Reading a row", failure.Phase);
        // The driver gives rows by the ten it fetches
        Assert.InRange(rows, 490, 500);
    }

    [Fact]
    public void A_value_that_dotnet_cannot_hold_does_not_hide_its_row()
    {
        using OdbcConnection connection = Server.Open();
        using OdbcDataReader reader = connection.Command(
            "select 'before' as a, 12345678901234567890123456789012345678::numeric(38) as n, 'after' as b union all select 'second', 1, 'row'").ExecuteReader();

        Assert.True(reader.Read());
        Assert.Contains("'n'", Assert.Throws<InvalidCastException>(() => reader.GetValue(1)).Message, StringComparison.Ordinal);
        Assert.Equal("12345678901234567890123456789012345678", reader.GetString(1));
        Assert.Equal(("before", "after"), (reader.GetString(0), reader.GetString(2)));
        Assert.True(reader.Read());
        Assert.Equal(1m, reader.GetValue(1));
    }

    [Fact]
    public void A_wrong_password_and_a_wrong_database_are_told_apart()
    {
        string hba = $"{Server.Folder}/data/pg_hba.conf";
        File.WriteAllText(hba, "local all locked scram-sha-256\n" + File.ReadAllText(hba));
        using OdbcConnection admin = Server.Open();
        admin.Run("create role locked login password 'the-right-one'");
        admin.Scalar("select pg_reload_conf()");

        OdbcException password = Fails($"{Server.Address};UID=locked;PWD=the-wrong-one");
        OdbcException database = Fails($"{Server.Address.Replace("Database=postgres", "Database=nowhere", StringComparison.Ordinal)};UID=postgres");

        Assert.Contains("PWD", password.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("the-wrong-one", password.ToString(), StringComparison.Ordinal);
        Assert.Contains("DATABASE", database.Advice, StringComparison.Ordinal);
        Assert.Contains("user", Fails($"{Server.Address};UID=nobody_at_all").Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_is_refused_where_the_driver_does_not_know_it()
    {
        using OdbcConnection connection = Server.Open();

        Assert.Throws<OdbcException>(() => connection.BeginTransaction(IsolationLevel.Snapshot));

        Assert.Equal(1, connection.Scalar("select 1"));
    }

    private static async Task KillAsync(string signal, string process)
    {
        using Process kill = Process.Start("kill", [signal, process]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private static OdbcException Fails(string connectionString)
    {
        using var connection = new OdbcConnection(connectionString);
        return Assert.Throws<OdbcException>(connection.Open);
    }
}

public sealed class PostgresHandleTests(PostgresServer server) : HandleTests<PostgresServer>(server);
