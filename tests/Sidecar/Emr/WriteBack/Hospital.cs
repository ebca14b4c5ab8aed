using Gantry.EmrSync.Names;
using Gantry.EmrSync.Sync;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Emr.WriteBack;

/// <summary>What a hospital does around the gateway: the EMR orders, modalities perform.</summary>
internal static class Hospital
{
    /// <summary>Has the EMR order exams, and brings the orders into the worklist.</summary>
    public static async Task OrderAsync(this StatusEmr emr, IWorklistStore store, params IEnumerable<int> seqs)
    {
        emr.Add(seqs);
        await emr.SyncAsync(store);
    }

    public static async Task SyncAsync(this StatusEmr emr, IWorklistStore store)
    {
        await using var sync = new OrderSync(
            emr.Options with { PastDays = 36600, FutureDays = 36600 }, store.Emr, new PatientNames(new NameOptions()), TimeProvider.System, NullLogger<OrderSync>.Instance);
        var run = await sync.RunAsync("test", default);
        Assert.Null(run.Failure);
    }

    public static Task StartExamAsync(this IWorklistStore store, int seq) => store.StartAsync(StatusEmr.Accession(seq));

    public static Task FinishExamAsync(this IWorklistStore store, int seq) => store.FinishAsync(StatusEmr.Accession(seq));

    public static Task DiscontinueExamAsync(this IWorklistStore store, int seq) => store.ChangeStepAsync(
        Exams.Step(StatusEmr.Accession(seq)), step => new StepChange.Update { Status = StepStatus.Discontinued, Dataset = step.Dataset }, default);

    public static async Task PerformExamAsync(this IWorklistStore store, int seq)
    {
        await store.StartExamAsync(seq);
        await store.FinishExamAsync(seq);
    }

    /// <summary>Waits until the outbox for the EMR stands so.</summary>
    public static async Task UntilAsync(this IWorklistStore store, Func<OutboxStatistics, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo(await store.OutboxStatisticsAsync(OutboxTarget.Emr, patience.Token)))
            await Task.Yield();
    }

    public static Task UntilAllIsToldAsync(this IWorklistStore store) => store.UntilAsync(statistics => statistics is { Pending: 0 });

    /// <summary>A store where the gateway's own would be.</summary>
    public static Task<IWorklistStore> StoreAsync(string path) =>
        WorklistStores.OpenAsync(new() { SqlitePath = path }, NullLoggerFactory.Instance, TimeProvider.System, default);
}

/// <summary>One PostgreSQL for all tests of a class.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    public PrivatePostgres Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PrivatePostgres.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
