using Gantry.EmrSync.Tests.Emr;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Tests.Wire;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Emr.WriteBack;

/// <summary>Gateways that end in the middle of telling the EMR, and two that tell it from one store.</summary>
public sealed class RestartTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-back-");

    private string Database => Path.Combine(_folder.FullName, "worklist.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_crash_between_the_commit_of_the_EMR_and_ours_repeats_the_end_of_an_exam_and_not_its_start()
    {
        using var emr = await StatusEmr.MakeAsync();
        await using (var store = await Hospital.StoreAsync(Database))
        {
            await emr.OrderAsync(store, 1, 2);
            await store.PerformExamAsync(1);
            await store.StartExamAsync(2);
            var demand = new OutboxDemand
            {
                Target = OutboxTarget.Emr, Sender = $"{Environment.MachineName}:0", OrderKeys = 9, Messages = 9, Lease = TimeSpan.FromMinutes(5),
            };
            Assert.Equal(2, (await store.TakeOutboxRunsAsync(demand, default)).Count);
        }
        foreach (var (seq, status) in new[] { (1, "IP"), (1, "CO"), (2, "IP") })
            emr.Run($"UPDATE PcsInf SET PcsStatus = '{status}' WHERE PcsOdrSeq = {seq}");

        await using var gateway = await RunningGateway.StartAsync([.. emr.Settings, $"Worklist:DatabasePath={Database}"]);
        await gateway.Store.UntilAllIsToldAsync();

        Assert.Equal(["IP", "CO", "CO"], emr.Told(1));
        Assert.Equal(["IP", "IP"], emr.Told(2));
    }

    [Fact]
    public async Task A_gateway_that_is_killed_again_and_again_tells_every_exam_its_end_and_takes_none_back()
    {
        const int Exams = 60;
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        await using var store = await Hospital.StoreAsync(Database);
        await emr.OrderAsync(store, Enumerable.Range(1, Exams));
        var work = Task.Run(async () =>
        {
            for (var seq = 1; seq <= Exams; seq++)
                await store.PerformExamAsync(seq);
        });
        foreach (var ended in new[] { 1, 8, 30 })
        {
            await using var gateway = await StartAsync(emr);
            await UntilEndedAsync(emr, ended);
            gateway.Kill();
        }
        await using var last = await StartAsync(emr);
        await work;
        await store.UntilAllIsToldAsync();

        foreach (var seq in Enumerable.Range(1, Exams))
        {
            var told = emr.Told(seq);
            Assert.Equal("CO", told[^1]);
            Assert.DoesNotContain("IP", told.SkipWhile(status => status == "IP"));
        }
    }

    [Fact]
    public async Task An_EMR_that_falls_over_again_and_again_has_every_exam_in_the_end_and_none_taken_back()
    {
        const int Exams = 80;
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        await using var gateway = await RunningGateway.StartAsync([.. emr.Settings, "EmrWriteBack:BatchRows=7"]);
        await emr.OrderAsync(gateway.Store, Enumerable.Range(1, Exams));
        var work = Task.WhenAll(Enumerable.Range(1, Exams).Select(gateway.Store.PerformExamAsync));
        foreach (var ended in new[] { 1, 25, 60 })
        {
            await UntilEndedAsync(emr, ended);
            await postgres.Server.StopAsync();
            await postgres.Server.OpenAsync();
        }
        await work;
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        foreach (var seq in Enumerable.Range(1, Exams))
            Assert.Equal(["CO"], emr.Told(seq).SkipWhile(status => status == "IP").Distinct());
    }

    [Fact]
    public async Task Two_gateways_on_one_store_tell_every_exam_in_order_and_once()
    {
        const int Exams = 60;
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        await postgres.Server.PsqlAsync("public", "CREATE DATABASE worklist");
        string[] settings = [.. emr.Settings, $"Worklist:Postgres={postgres.Server.ConnectionString};Database=worklist"];
        await using var one = await RunningGateway.StartAsync([.. settings, .. Place()]);
        await using var other = await RunningGateway.StartAsync([.. settings, .. Place()]);
        await emr.OrderAsync(one.Store, Enumerable.Range(1, Exams));
        await Task.WhenAll(Enumerable.Range(1, Exams).Select(async seq =>
        {
            await (seq % 2 == 0 ? one : other).Store.StartExamAsync(seq);
            await (seq % 3 == 0 ? one : other).Store.FinishExamAsync(seq);
        }));
        await one.Store.UntilAllIsToldAsync();

        Assert.All(Enumerable.Range(1, Exams), seq => Assert.Equal(["IP", "CO"], emr.Told(seq)));
    }

    /// <summary>Waits until the EMR was told the end of so many exams.</summary>
    private static async Task UntilEndedAsync(StatusEmr emr, int exams)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (emr.Told().Where(told => told.EndsWith(" CO", StringComparison.Ordinal)).Distinct().Count() < exams)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<SidecarProcess> StartAsync(StatusEmr emr) => SidecarProcess.StartAsync(
        _folder.FullName, Database, [.. emr.Settings.Select(setting => $"--{setting}"), "--Orthanc:Enabled=false", "--EmrWriteBack:BatchRows=5"]);

    /// <summary>By the ports of their pages gateways of one machine know which messages are whose, so 0 will not do here.</summary>
    private static string[] Place() =>
        [$"Web:BindAddresses=127.{Random.Shared.Next(1, 250)}.{Random.Shared.Next(250)}.1", $"Web:Port={Random.Shared.Next(15000, 32000)}"];
}
