using Gantry.Odbc.Native;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Nothing is left behind: handles of the driver manager and files are counted, so these tests run alone.</summary>
[Collection(CountedAlone.Name)]
public abstract class HandleTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ServerUnderTest
{
    /// <summary>Files that the runtime may open meanwhile for itself.</summary>
    private const int FilesOfTheRuntime = 12;

    [Fact]
    public void Opening_and_closing_leaves_nothing_behind()
    {
        var cycle = () =>
        {
            using OdbcConnection connection = server.Open();
            using OdbcCommand command = connection.Command("select 1");
            command.Prepare();
            command.ExecuteScalar();
        };
        cycle();

        LeavesNothing(() =>
        {
            for (int turn = 0; turn < server.Can.Opens; turn++) cycle();
        });
    }

    [Fact]
    public async Task Ten_thousand_turns_of_the_pool_leave_nothing_behind()
    {
        server.Open().Dispose();
        (long handles, int files) = (OdbcHandle.Live, Files());
        await using (var source = new OdbcDataSource(server.ConnectionString))
        {
            for (int turn = 0; turn < 10_000; turn++)
            {
                await using OdbcConnection connection = await source.OpenConnectionAsync();
                await using OdbcCommand command = connection.Command("select 1");
                await command.ExecuteScalarAsync(CancellationToken.None);
            }
        }

        Assert.Equal(handles, OdbcHandle.Live);
        Assert.InRange(Files(), 0, files + FilesOfTheRuntime);
    }

    [Fact]
    public void Failures_leave_nothing_behind()
    {
        server.Open().Dispose();
        LeavesNothing(() =>
        {
            for (int turn = 0; turn < 200; turn++)
            {
                Assert.Throws<OdbcException>(() => new OdbcConnection("Driver={/no/such/driver.so};PWD=x").Open());
                using OdbcConnection connection = server.Open();
                Assert.Throws<OdbcException>(() => connection.Scalar("select 1 from no_such_table"));
                // Some drivers send it only when it runs
                Record.Exception(() => connection.Command("selekt").Prepare());
                Assert.Throws<InvalidOperationException>(() => connection.Scalar("select @missing"));
                // Left open: a reader, a transaction, a prepared command
                connection.BeginTransaction();
                connection.Command("select 1").Prepare();
                connection.Command("select 1").ExecuteReader().Read();
            }
        });
    }

    [Fact]
    public async Task Time_outs_and_cancelled_commands_leave_nothing_behind()
    {
        server.Open().Dispose();
        long handles = OdbcHandle.Live;
        for (int turn = 0; turn < 5; turn++)
        {
            await using OdbcConnection connection = server.Open();
            await using OdbcCommand command = connection.Command(server.Can.SlowQuery);
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));
        }

        Assert.True(SpinWait.SpinUntil(() => OdbcHandle.Live == handles, TimeSpan.FromSeconds(30)));
    }

    private static void LeavesNothing(Action action)
    {
        (long handles, int files) = (OdbcHandle.Live, Files());
        action();
        Assert.Equal(handles, OdbcHandle.Live);
        Assert.InRange(Files(), 0, files + FilesOfTheRuntime);
    }

    private static int Files() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
}

[CollectionDefinition(Name, DisableParallelization = true)]
public static class CountedAlone
{
    public const string Name = "handles are counted";
}
