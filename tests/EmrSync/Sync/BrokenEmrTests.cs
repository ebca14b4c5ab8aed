using Gantry.EmrSync.Sync;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Odbc.Tests.Drivers;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.EmrSync.Tests.Sync;

/// <summary>A real PostgreSQL as the EMR, which refuses us, hangs, or dies in the middle of its answer.</summary>
public sealed class BrokenEmrTests : IAsyncLifetime
{
    private const int Orders = 3000;
    private PrivatePostgres _server = null!;
    private EmrUnderTest _emr = null!;

    private string Folder => _server.ConnectionString.Split(';')[0]["Host=".Length..];

    private string Connection => $"Driver={{{DriverFile.Path(DriverFile.Postgres)}}};Server={Folder};Database=postgres;UID=postgres;"
        + "BoolsAsChar=0;UseDeclareFetch=1;Fetch=10";

    public async Task InitializeAsync()
    {
        _server = await PrivatePostgres.StartAsync();
        _emr = await EmrUnderTest.MakeAsync(Connection);
    }

    public async Task DisposeAsync()
    {
        await _emr.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_setting_to_correct()
    {
        await _server.PsqlAsync("public", $"""
            CREATE ROLE clerk LOGIN PASSWORD 'right';
            CREATE TABLE rules (line text);
            INSERT INTO rules VALUES ('local all clerk scram-sha-256'), ('local all all trust');
            COPY rules TO '{Folder}/data/pg_hba.conf';
            SELECT pg_reload_conf();
            """);

        EmrRun run = await SyncAsync(_emr.Options(SyncMode.Window) with { ConnectionString = Connection.Replace("UID=postgres", "UID=clerk;PWD=wrong-one", StringComparison.Ordinal) });

        Assert.StartsWith("connect: The EMR cannot be reached", run.Failure, StringComparison.Ordinal);
        Assert.Contains("password", run.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-one", run.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_dies_in_the_middle_keeps_what_was_read_and_the_next_sync_brings_the_rest()
    {
        _emr.Run($"INSERT INTO exams SELECT i, 'A' || i, 'P' || i, 'SMITH^JANE', '19650315', 'F', 'MG', '202601051000', 'Screening', 0, '20260105090000' FROM generate_series(1, {Orders}) i");
        EmrSyncOptions options = _emr.Options(SyncMode.Window);
        var dying = new WatchedStore(_emr.Worklist.Emr, () => _server.PsqlAsync("public",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'idle in transaction'"));

        await using (OrderSync sync = _emr.Sync(options, dying))
        {
            EmrRun broken = await sync.RunAsync("test", default);
            Assert.StartsWith("read: The EMR stopped in the middle of its answer", broken.Failure, StringComparison.Ordinal);
            Assert.InRange(broken.Added, 1, Orders - 1);
            Assert.Equal(broken.Added, (await _emr.ItemsAsync()).Count);

            // The same process goes on with a new connection
            EmrRun whole = await sync.RunAsync("test", default);
            Assert.Null(whole.Failure);
        }
        Assert.Equal(Orders, (await _emr.ItemsAsync()).Count);
    }

    [Fact]
    public async Task A_query_that_never_ends_is_stopped_by_its_time_out()
    {
        EmrRun run = await SyncAsync(Endless() with { CommandTimeoutSeconds = 1 });

        Assert.StartsWith("query: ", run.Failure, StringComparison.Ordinal);
        Assert.Null((await SyncAsync(_emr.Options(SyncMode.Window))).Failure);
    }

    [Fact]
    public async Task A_query_that_never_ends_is_stopped_when_the_gateway_stops()
    {
        using var stop = new CancellationTokenSource();
        await using OrderSync sync = _emr.Sync(Endless());
        Task<EmrRun> running = sync.RunAsync("test", stop.Token);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _server.PsqlAsync("public", "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")).Trim() == "0")
            patience.Token.ThrowIfCancellationRequested();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Null((await SyncAsync(_emr.Options(SyncMode.Window))).Failure);
    }

    [Fact]
    public async Task A_column_of_a_type_that_cannot_become_its_value_sets_the_row_aside_and_the_others_come()
    {
        _emr.Add(1, "A1");
        _emr.Add(2, "A2");
        EmrSyncOptions options = _emr.Options(SyncMode.Window);

        EmrRun run = await SyncAsync(options with
        {
            Orders = options.Orders.Replace("dtm AS scheduled_at", "CASE seq WHEN 1 THEN '13.1.26, half past nine' ELSE dtm END AS scheduled_at", StringComparison.Ordinal),
        });

        Assert.Equal((1, 1), (run.Added, run.SetAside));
        SetAsideItem aside = Assert.Single(await _emr.Worklist.SetAsideItemsAsync(9, default));
        Assert.Contains("scheduled_at", aside.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("half past", aside.Reason, StringComparison.Ordinal);
    }

    private EmrSyncOptions Endless()
    {
        EmrSyncOptions options = _emr.Options(SyncMode.Window);
        return options with { Orders = options.Orders.Replace("FROM exams", "FROM exams, (SELECT pg_sleep(3600)) AS never", StringComparison.Ordinal) };
    }

    private async Task<EmrRun> SyncAsync(EmrSyncOptions options)
    {
        await using OrderSync sync = _emr.Sync(options);
        return await sync.RunAsync("test", default);
    }
}
