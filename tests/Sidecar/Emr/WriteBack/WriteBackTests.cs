using System.Net;
using Gantry.EmrSync.Tests.Emr;
using Gantry.Odbc.Tests.Parts;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Emr.WriteBack;

/// <summary>What an EMR is told of exams, by real drivers, and what becomes of what it does not take.</summary>
public sealed class WriteBackTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task An_exam_is_told_from_its_start_to_its_end_in_the_words_of_the_EMR(bool onPostgres)
    {
        using var emr = await StatusEmr.MakeAsync(onPostgres ? postgres.Server : null);
        await using var gateway = await RunningGateway.StartAsync(emr.Settings);
        await emr.OrderAsync(gateway.Store, Enumerable.Range(1, 30));
        await Task.WhenAll(Enumerable.Range(1, 30).Select(gateway.Store.PerformExamAsync));
        await gateway.Store.UntilAllIsToldAsync();

        Assert.All(Enumerable.Range(1, 30), seq => Assert.Equal(["IP", "CO"], emr.Told(seq)));
        var status = await gateway.GetAsync("/api/emr/write-backs");
        Assert.Equal((true, 60), (status.GetProperty("enabled").GetBoolean(), status.GetProperty("told").GetInt32()));
        Assert.Equal("healthy", await HealthAsync(gateway));
        Assert.Contains("gantry_emr_write_backs_total{kind=\"mpps.status_update\",outcome=\"delivered\"}",
            await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_discontinued_exam_is_told_only_by_a_word_of_its_own_and_never_as_done()
    {
        using var emr = await StatusEmr.MakeAsync();
        await using (var gateway = await RunningGateway.StartAsync(emr.Settings))
        {
            await emr.OrderAsync(gateway.Store, 1);
            await gateway.Store.StartExamAsync(1);
            await gateway.Store.DiscontinueExamAsync(1);
            await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));
            Assert.Equal(["IP"], emr.Told(1));
        }

        await using var other = await RunningGateway.StartAsync([.. emr.Settings, "EmrSync:Statuses:DISCONTINUED=DC"]);
        await emr.OrderAsync(other.Store, 2);
        await other.Store.StartExamAsync(2);
        await other.Store.DiscontinueExamAsync(2);
        await other.Store.UntilAllIsToldAsync();
        Assert.Equal(["IP", "DC"], emr.Told(2));
    }

    [Fact]
    public async Task An_order_that_did_not_come_from_the_EMR_is_none_of_its_business()
    {
        using var emr = await StatusEmr.MakeAsync();
        await using var gateway = await RunningGateway.StartAsync(emr.Settings);
        await emr.OrderAsync(gateway.Store, 1);
        await gateway.Store.OrderAsync("CLOUD-1");
        await gateway.Store.StartAsync("CLOUD-1");
        await gateway.Store.PerformExamAsync(1);
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        Assert.Equal(["1 IP", "1 CO"], emr.Told());
    }

    [Fact]
    public async Task What_the_EMR_refuses_is_set_aside_while_others_go_on_and_can_be_replayed_or_dropped()
    {
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        emr.Run("ALTER TABLE PcsInf ADD CONSTRAINT words CHECK (PcsOdrSeq > 2 OR PcsStatus IS NULL)");
        await using var gateway = await RunningGateway.StartAsync([.. emr.Settings, "EmrWriteBack:ErrorsBeforeParking=2"]);
        await emr.OrderAsync(gateway.Store, Enumerable.Range(1, 40));
        await gateway.Store.StartExamAsync(1);
        await gateway.Store.StartExamAsync(2);
        for (var seq = 3; (await gateway.Store.OutboxStatisticsAsync(OutboxTarget.Emr, default)).Parked < 2; seq = seq == 40 ? 3 : seq + 1)
        {
            await gateway.Store.StartExamAsync(seq);
            await gateway.Store.UntilAsync(_ => emr.Told(seq).Count > 0);
        }
        await gateway.Store.UntilAllIsToldAsync();

        var parked = (await gateway.GetAsync("/api/emr/write-backs/parked")).EnumerateArray().ToList();
        Assert.Equal(["00000002", "00000001"], parked.Select(entry => entry.GetProperty("order_key").GetString()!).OrderDescending());
        Assert.Contains("[23514", parked[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SMITH", parked[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("degraded", await HealthAsync(gateway));
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(gateway, HttpMethod.Delete, $"/api/forwarding/parked/{parked[0].GetProperty("id")}"));

        emr.Run("ALTER TABLE PcsInf DROP CONSTRAINT words");
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync(gateway, HttpMethod.Delete, $"/api/emr/write-backs/parked/{IdOf("00000002")}"));
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync(gateway, HttpMethod.Post, $"/api/emr/write-backs/parked/{IdOf("00000001")}/replay"));
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));
        Assert.Equal(["IP"], emr.Told(1));
        Assert.Empty(emr.Told(2));

        string IdOf(string accession) => parked.Single(entry => entry.GetProperty("order_key").GetString() == accession).GetProperty("id").ToString();
    }

    [Fact]
    public async Task A_status_that_fails_again_and_again_is_shown_with_the_reason_and_can_be_let_go_so_that_its_exam_goes_on()
    {
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        emr.Run("ALTER TABLE PcsInf ADD CONSTRAINT words CHECK (PcsStatus IS DISTINCT FROM 'IP')");
        await using var gateway = await RunningGateway.StartAsync(emr.Settings);
        await emr.OrderAsync(gateway.Store, 1);
        await gateway.Store.PerformExamAsync(1);
        var waiting = await gateway.GetAsync("/api/emr/write-backs/waiting");
        while (!waiting[0].TryGetProperty("reason", out _))
            waiting = await gateway.GetAsync("/api/emr/write-backs/waiting");

        Assert.Equal(2, waiting.GetArrayLength());
        Assert.Contains("[23514", waiting[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("[23514", (await gateway.GetAsync("/api/emr/write-backs")).GetProperty("last_failure").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await CallAsync(gateway, HttpMethod.Delete, $"/api/emr/write-backs/waiting/{waiting[0].GetProperty("id")}"));
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));
        Assert.Equal(["CO"], emr.Told(1));
        Assert.Equal(HttpStatusCode.NotFound, await CallAsync(gateway, HttpMethod.Delete, $"/api/emr/write-backs/waiting/{waiting[0].GetProperty("id")}"));
    }

    [Fact]
    public async Task An_older_status_that_was_set_aside_does_not_overwrite_a_newer_one_when_it_is_replayed()
    {
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        emr.Run("ALTER TABLE PcsInf ADD CONSTRAINT words CHECK (PcsOdrSeq <> 1 OR PcsStatus IS DISTINCT FROM 'IP')");
        await using var gateway = await RunningGateway.StartAsync([.. emr.Settings, "EmrWriteBack:ErrorsBeforeParking=1"]);
        await emr.OrderAsync(gateway.Store, Enumerable.Range(1, 40));
        await gateway.Store.PerformExamAsync(1);
        for (var seq = 2; (await gateway.Store.OutboxStatisticsAsync(OutboxTarget.Emr, default)).Parked == 0; seq++)
            await gateway.Store.PerformExamAsync(seq);
        await gateway.Store.UntilAllIsToldAsync();
        Assert.Equal(["CO"], emr.Told(1));

        emr.Run("ALTER TABLE PcsInf DROP CONSTRAINT words");
        Assert.Equal(HttpStatusCode.OK, await CallAsync(gateway, HttpMethod.Post, "/api/emr/write-backs/parked/replay"));
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));
        Assert.Equal(["CO"], emr.Told(1));
    }

    [Fact]
    public async Task An_order_that_the_EMR_no_longer_has_is_set_aside_with_that_reason()
    {
        using var emr = await StatusEmr.MakeAsync();
        await using var gateway = await RunningGateway.StartAsync([.. emr.Settings, "EmrSync:PastDays=0"]);
        await emr.OrderAsync(gateway.Store, 1, 2);
        await gateway.Store.StartExamAsync(1);
        await gateway.Store.UntilAllIsToldAsync();
        emr.Run("DELETE FROM PcsInf WHERE PcsOdrSeq = 2");
        await gateway.Store.StartExamAsync(2);
        await gateway.Store.UntilAsync(statistics => statistics is { Pending: 0, Parked: 1 });

        Assert.Contains("it has no order 2 any more", (await gateway.GetAsync("/api/emr/write-backs/parked"))[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_overtakes_while_the_EMR_is_away()
    {
        using var emr = await StatusEmr.MakeAsync(postgres.Server);
        await using var gateway = await RunningGateway.StartAsync(emr.Settings);
        await emr.OrderAsync(gateway.Store, Enumerable.Range(1, 40));
        await gateway.Store.PerformExamAsync(1);
        await gateway.Store.UntilAllIsToldAsync();
        await postgres.Server.StopAsync();
        foreach (var seq in Enumerable.Range(2, 39))
            await gateway.Store.PerformExamAsync(seq);
        while ((await gateway.GetAsync("/api/emr/write-backs")).TryGetProperty("outage", out _) is false)
            await Task.Yield();
        Assert.Matches("gantry_outbox_oldest_seconds{target=\"Emr\"} (0\\.0*)?[1-9]", await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
        Assert.Equal("degraded", await HealthAsync(gateway));

        await postgres.Server.OpenAsync();
        await gateway.Store.UntilAsync(statistics => statistics == new OutboxStatistics(0, 0, null));

        Assert.All(Enumerable.Range(1, 40), seq => Assert.Equal(["IP", "CO"], emr.Told(seq)));
        Assert.Equal("healthy", await HealthAsync(gateway));
    }

    [Fact]
    public async Task Without_an_EMR_that_is_told_nothing_piles_up()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Store.OrderAsync("A1");
        await gateway.Store.StartAsync("A1");

        Assert.Equal(0, (await gateway.Store.OutboxStatisticsAsync(OutboxTarget.Emr, default)).Pending);
        Assert.False((await gateway.GetAsync("/api/emr/write-backs")).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task What_waits_for_an_EMR_that_is_no_longer_set_is_told_when_it_is_set_again_or_deleted_when_it_is_old()
    {
        using var emr = await StatusEmr.MakeAsync();
        var folder = Directory.CreateTempSubdirectory("gantry-left-");
        var database = Path.Combine(folder.FullName, "worklist.db");
        var longAgo = new ManualTime();
        foreach (var (clock, seq) in new[] { ((TimeProvider)longAgo, 1), (TimeProvider.System, 2) })
        {
            await using var store = await WorklistStores.OpenAsync(new() { SqlitePath = database }, NullLoggerFactory.Instance, clock, default);
            await emr.OrderAsync(store, seq);
            await store.StartExamAsync(seq);
        }
        await using (var without = await RunningGateway.StartAsync($"Worklist:DatabasePath={database}"))
        {
            await without.Store.UntilAsync(statistics => statistics.Pending == 1);
            Assert.Equal(1, (await without.GetAsync("/api/emr/write-backs")).GetProperty("pending").GetInt32());
        }
        await using (var with = await RunningGateway.StartAsync([.. emr.Settings, $"Worklist:DatabasePath={database}"]))
            await with.Store.UntilAllIsToldAsync();

        Assert.Equal(["2 IP"], emr.Told());
        folder.Delete(recursive: true);
    }

    private static async Task<string> HealthAsync(RunningGateway gateway) => (await gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray()
        .Single(one => one.GetProperty("name").GetString() == "emr write-back").GetProperty("status").GetString()!;

    private static async Task<HttpStatusCode> CallAsync(RunningGateway gateway, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        using var response = await gateway.Client.SendAsync(request);
        return response.StatusCode;
    }
}
