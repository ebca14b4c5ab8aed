using System.Net;
using System.Net.Sockets;
using Gantry.EmrSync;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Sync;
using Gantry.Odbc.Tests.Drivers;
using Gantry.Odbc.Tests.Parts;
using Gantry.Sidecar.Emr;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Emr;

/// <summary>What a query waits for, with the clock in our hand. The EMR that hangs is a real driver at a port that takes calls and says nothing.</summary>
public sealed class QuerySyncTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-gate-").FullName;
    private readonly ManualTime _time = new();
    private readonly SmallEmr _emr = new();
    private readonly TcpListener _silence = new(IPAddress.Loopback, 0);
    private IWorklistStore _store = null!;

    public async Task InitializeAsync()
    {
        _silence.Start();
        _store = await WorklistStores.OpenAsync(
            new() { SqlitePath = Path.Combine(_folder, "worklist.db") }, NullLoggerFactory.Instance, TimeProvider.System, default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _silence.Dispose();
        _emr.Dispose();
    }

    [Fact]
    public async Task Fifty_modalities_that_ask_at_once_cause_one_sync_and_all_wait_for_it()
    {
        var accession = _emr.Add();
        var (runs, gate) = Open(_emr.Dsn);
        await using var _ = runs;
        var syncs = 0;
        runs.Ended += _ =>
        {
            syncs++;
            return Task.CompletedTask;
        };

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(gate)));

        Assert.Equal(1, syncs);
        Assert.NotNull(await _store.GetAsync(accession, default));
    }

    [Fact]
    public async Task A_sync_that_is_young_enough_is_not_repeated_and_an_older_one_is()
    {
        var (runs, gate) = Open(_emr.Dsn);
        await using var _ = runs;
        await AskAsync(gate);
        var late = _emr.Add();

        await AskAsync(gate);
        Assert.Null(await _store.GetAsync(late, default));

        _time.Advance(TimeSpan.FromSeconds(10));
        await AskAsync(gate);
        Assert.NotNull(await _store.GetAsync(late, default));
    }

    [Fact]
    public async Task An_EMR_that_hangs_with_an_open_socket_is_waited_for_until_the_budget_is_spent_and_then_not_at_all()
    {
        var (runs, gate) = Open(Hanging);
        await using var _ = runs;
        var first = AskAsync(gate);
        var second = AskAsync(gate);
        Assert.False(first.IsCompleted || second.IsCompleted);

        _time.Advance(Budget);
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(30));

        // It still hangs: nobody waits for it again
        Assert.NotNull(runs.Running);
        Assert.True(AskAsync(gate).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task After_two_failures_queries_do_not_wait_until_the_break_is_over_or_a_sync_by_schedule_went_well()
    {
        var (runs, gate) = Open(_emr.Dsn);
        await using var _ = runs;
        _emr.Run("ALTER TABLE PcsInf RENAME TO Away");
        for (var failure = 0; failure < 2; failure++)
        {
            await AskAsync(gate);
            _time.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.True(gate.IsPaused);
        Assert.True(AskAsync(gate).IsCompletedSuccessfully);

        _emr.Run("ALTER TABLE Away RENAME TO PcsInf");
        await runs.StartAsync(new("schedule"));

        Assert.False(gate.IsPaused);
    }

    [Fact]
    public async Task When_the_break_is_over_one_query_tries_and_its_success_ends_it()
    {
        var (runs, gate) = Open(_emr.Dsn);
        await using var _ = runs;
        _emr.Run("ALTER TABLE PcsInf RENAME TO Away");
        for (var failure = 0; failure < 2; failure++)
        {
            await AskAsync(gate);
            _time.Advance(TimeSpan.FromSeconds(10));
        }
        _emr.Run("ALTER TABLE Away RENAME TO PcsInf");
        var late = _emr.Add();

        _time.Advance(TimeSpan.FromSeconds(30));
        await AskAsync(gate);

        Assert.False(gate.IsPaused);
        Assert.NotNull(await _store.GetAsync(late, default));
    }

    [Fact]
    public async Task A_query_that_cannot_list_scheduled_orders_and_a_peer_that_is_set_so_wait_for_nothing()
    {
        var (runs, gate) = Open(Hanging);
        await using var _ = runs;
        Assert.True(gate.FreshenAsync(Peer.Default, [OrderStatus.InProgress], default).AsTask().IsCompletedSuccessfully);
        Assert.True(gate.FreshenAsync(Peer.Default with { SyncsOnQuery = false }, [OrderStatus.Scheduled], default).AsTask().IsCompletedSuccessfully);
        Assert.Null(runs.Running);
    }

    [Fact]
    public async Task A_modality_that_hangs_up_stops_only_its_own_waiting()
    {
        var (runs, gate) = Open(Hanging);
        await using var _ = runs;
        using var hangUp = new CancellationTokenSource();
        var gone = gate.FreshenAsync(Peer.Default, [OrderStatus.Scheduled], hangUp.Token).AsTask();
        var patient = AskAsync(gate);

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(patient.IsCompleted);
        _time.Advance(Budget);
        await patient.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task AskAsync(QuerySync gate) => gate.FreshenAsync(Peer.Default, [OrderStatus.Scheduled], default).AsTask();

    private string Hanging =>
        $"Driver={{{DriverFile.Path(DriverFile.Postgres)}}};Server=127.0.0.1;Port={((IPEndPoint)_silence.LocalEndpoint).Port};Database=emr;UID=u;PWD=p";

    private (OrderRuns Runs, QuerySync Gate) Open(string dsn)
    {
        var settings = new SidecarSettings { EmrSync = new() { Dsn = dsn, Preset = "pcsinf-sqlite", QueryBudget = Budget } };
        EmrSyncOptions options = settings.EmrSync.ToOptions(_ => null);
        var runs = new OrderRuns(
            new(options, _store.Emr, new PatientNames(new NameOptions()), TimeProvider.System, NullLogger<OrderSync>.Instance),
            new EmrMetrics(_time), _time, NullLogger<OrderRuns>.Instance);
        return (runs, new(runs, settings, _time, NullLogger<QuerySync>.Instance));
    }
}
