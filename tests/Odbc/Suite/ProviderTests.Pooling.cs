using Gantry.Odbc.Tests.Parts;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>The pool.</summary>
public abstract partial class ProviderTests<TServer>
{
    [Fact]
    public async Task A_connection_given_back_is_used_again()
    {
        await using var source = new OdbcDataSource(Server.ConnectionString);
        for (int turn = 0; turn < 5; turn++)
        {
            await using OdbcConnection connection = await source.OpenConnectionAsync();
            StillWorks(connection);
            Assert.Equal((1, 0), (source.RentedCount, source.IdleCount));
        }

        Assert.Equal((0, 1), (source.RentedCount, source.IdleCount));
        source.Clear();
        Assert.Equal(0, source.IdleCount);
    }

    [Fact]
    public async Task More_users_than_connections_take_turns()
    {
        await using var source = new OdbcDataSource(Server.ConnectionString, new OdbcDataSourceOptions { MaximumConnections = 3 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async turn =>
        {
            await using OdbcConnection connection = await source.OpenConnectionAsync();
            Assert.InRange(source.RentedCount, 1, 3);
            Assert.Equal(turn, Convert.ToInt32(await connection.Command($"select {turn}").ExecuteScalarAsync(CancellationToken.None), null));
        }));

        Assert.Equal(0, source.RentedCount);
        Assert.InRange(source.IdleCount, 1, 3);
    }

    [Fact]
    public async Task Who_waits_too_long_for_a_connection_is_told_so()
    {
        var time = new ManualTime();
        await using var source = new OdbcDataSource(Server.ConnectionString, new OdbcDataSourceOptions { MaximumConnections = 1 }, time);
        await using OdbcConnection first = await source.OpenConnectionAsync();
        Task<OdbcConnection> second = source.OpenConnectionAsync().AsTask();
        Assert.False(second.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(16));

        OdbcException failure = await Assert.ThrowsAsync<OdbcException>(() => second);
        Assert.True(failure.IsTimeout);
        Assert.Contains("pool", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Idle_and_old_connections_are_closed()
    {
        var time = new ManualTime();
        await using var source = new OdbcDataSource(Server.ConnectionString, timeProvider: time);
        await using (await source.OpenConnectionAsync()) Assert.Equal(0, source.IdleCount);
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(1, source.IdleCount);

        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, source.IdleCount);

        OdbcConnection old = await source.OpenConnectionAsync();
        time.Advance(TimeSpan.FromHours(2));
        await old.DisposeAsync();
        Assert.Equal(0, source.IdleCount);
    }

    [Fact]
    public async Task A_connection_that_was_cancelled_or_ran_out_of_time_is_not_used_again()
    {
        await using var source = new OdbcDataSource(Server.ConnectionString);
        await using (OdbcConnection connection = await source.OpenConnectionAsync())
        {
            await using OdbcCommand command = connection.Command(Can.SlowQuery);
            command.CommandTimeout = 1;
            await Assert.ThrowsAsync<OdbcException>(() => command.ExecuteScalarAsync(CancellationToken.None));
        }

        Assert.Equal((0, 0), (source.RentedCount, source.IdleCount));
    }

    [Fact]
    public async Task A_closed_pool_opens_nothing_and_closes_what_comes_back()
    {
        var source = new OdbcDataSource(Server.ConnectionString);
        OdbcConnection connection = await source.OpenConnectionAsync();
        await source.DisposeAsync();

        StillWorks(connection);
        await connection.DisposeAsync();

        Assert.Equal(0, source.IdleCount);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => source.OpenConnectionAsync().AsTask());
    }
}
