using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Tests.Wire;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Sidecar.Tests.Emr;

/// <summary>The whole gateway beside a real EMR: by schedule, by query, by hand.</summary>
public sealed class GatewayWithEmrTests : IDisposable
{
    private static readonly string[] EverySecond = ["EmrSync:Schedule=* * * * * ?", "EmrSync:OnQuery=false"];
    private static readonly string[] NeverByItself = ["EmrSync:Schedule=7.00:00:00"];
    private readonly SmallEmr _emr = new();

    public void Dispose() => _emr.Dispose();

    [Fact]
    public async Task Orders_come_at_the_start_and_by_the_schedule()
    {
        var first = _emr.Add();
        await using var gateway = await RunningGateway.StartAsync([.. _emr.Settings, .. EverySecond]);
        await UntilAsync(async () => await HasAsync(gateway, first));

        var second = _emr.Add("김철수", "CT");

        await UntilAsync(async () => await HasAsync(gateway, second));
        await UntilAsync(async () => (await gateway.GetAsync("/api/emr/runs?take=100")).EnumerateArray().Any(run => run.GetProperty("reason").GetString() == "schedule"));
        Assert.Equal(JsonValueKind.String, (await gateway.GetAsync("/api/emr")).GetProperty("next_run").ValueKind);
    }

    [Fact]
    public async Task The_schedule_stands_in_the_worklists_database_and_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-emr-schedule-");
        string[] settings = [.. _emr.Settings, .. NeverByItself, $"Worklist:DatabasePath={folder.FullName}/worklist.db"];
        string? due = null;
        for (var start = 0; start < 2; start++)
        {
            await using var gateway = await RunningGateway.StartAsync(settings);
            await UntilAsync(async () => (await gateway.GetAsync("/api/emr")).TryGetProperty("next_run", out _));
            var next = (await gateway.GetAsync("/api/emr")).GetProperty("next_run").GetString();
            Assert.Equal(due ?? next, next);
            due = next;
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_gateways_on_one_PostgreSQL_share_one_schedule()
    {
        await using var server = await PrivatePostgres.StartAsync();
        string[] settings = [.. _emr.Settings, .. EverySecond, $"Worklist:Postgres={server.ConnectionString}"];
        var beginning = TimeProvider.System.GetUtcNow();
        await using var one = await RunningGateway.StartAsync(settings);
        await using var other = await RunningGateway.StartAsync(settings);
        DateTimeOffset[] scheduled = [];
        await UntilAsync(async () => (scheduled = [.. (await one.GetAsync("/api/emr/runs?take=100")).EnumerateArray()
            .Where(run => run.GetProperty("reason").GetString() == "schedule").Select(run => run.GetProperty("started_at").GetDateTimeOffset())]).Length >= 10);

        // Late or not, the tenth second of one schedule is not before it; two schedules would have made ten runs in five seconds
        Assert.True(scheduled.Max() - beginning > TimeSpan.FromSeconds(8.5), string.Join(", ", scheduled));
    }

    [Fact]
    public async Task A_modality_that_asks_sees_the_order_that_the_EMR_has_just_taken()
    {
        await using var gateway = await RunningGateway.StartAsync([.. _emr.Settings, .. NeverByItself, "EmrSync:QueryMinimumAge=0:00:00"]);
        for (var order = 0; order < 3; order++)
        {
            var accession = _emr.Add();
            Assert.Contains(accession, await AskAsync(gateway, "MODALITY"));
        }
        Assert.Contains(await AskAsync(gateway, "MODALITY"), accession => accession is not null);
    }

    [Fact]
    public async Task A_peer_that_is_set_so_is_answered_from_what_is_there()
    {
        await using var gateway = await RunningGateway.StartAsync(
            [.. _emr.Settings, .. NeverByItself, "EmrSync:QueryMinimumAge=0:00:00", "Peers:0:AeTitle=HURRIED", "Peers:0:SyncsOnQuery=false"]);
        await UntilAsync(async () => (await gateway.GetAsync("/api/emr")).TryGetProperty("last_success", out _));
        _emr.Add();

        Assert.Empty(await AskAsync(gateway, "HURRIED"));
        Assert.Single(await AskAsync(gateway, "OTHER"));
    }

    [Fact]
    public async Task Without_its_table_the_EMR_is_named_by_health_page_and_API_and_modalities_are_served_and_it_heals_by_itself()
    {
        var known = _emr.Add();
        await using var gateway = await RunningGateway.StartAsync([.. _emr.Settings, .. EverySecond, "EmrSync:OnQuery=true", "EmrSync:QueryMinimumAge=0:00:00", "Web:HealthCacheTime=0:00:00"]);
        await UntilAsync(async () => await HasAsync(gateway, known));
        _emr.Run("ALTER TABLE PcsInf RENAME TO Away");

        await UntilAsync(async () => await HealthAsync(gateway) == "query");
        Assert.Contains(known, await AskAsync(gateway, "MODALITY"));
        using var refused = await gateway.Client.PostAsync(new Uri("/api/emr/sync", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        Assert.Contains("no such table", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("The last sync failed at query", await PageAsync(gateway), StringComparison.Ordinal);

        _emr.Run("ALTER TABLE Away RENAME TO PcsInf");
        await UntilAsync(async () => await HealthAsync(gateway) is null);
        await UntilAsync(async () => (await gateway.GetAsync("/api/emr")).GetProperty("on_query").GetString() == "waiting");
    }

    [Fact]
    public async Task The_page_shows_what_is_set_aside_and_its_buttons_sync()
    {
        await using var gateway = await RunningGateway.StartAsync([.. _emr.Settings, .. NeverByItself]);
        await UntilAsync(async () => (await gateway.GetAsync("/api/emr")).TryGetProperty("last_success", out _));
        _emr.Add("SMITH, <b>JANE</b>", "M?");
        var good = _emr.Add();

        using var answer = await gateway.Client.PostAsync(new Uri("/emr/sync", UriKind.Relative), null);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("EMR 1", page, StringComparison.Ordinal);
        Assert.Contains("modality has characters other than", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.True(await HasAsync(gateway, good));
        Assert.Equal(1, (await gateway.GetAsync("/api/emr")).GetProperty("set_aside").GetInt32());

        _emr.Run("UPDATE PcsInf SET PcsUntCod = 'MG' WHERE PcsOdrSeq = 1");
        using var again = await gateway.Client.PostAsync(new Uri("/emr/compare", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.True(await HasAsync(gateway, "00000001"));
        Assert.Empty((await gateway.GetAsync("/api/emr/set-aside")).EnumerateArray());
        Assert.Contains("gantry_emr_orders_total{change=\"new\"} 2", await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_EMR_page_and_API_say_which_settings_to_make()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.False((await gateway.GetAsync("/api/emr")).GetProperty("enabled").GetBoolean());
        Assert.Contains("EMR_SERVER", await PageAsync(gateway), StringComparison.Ordinal);
        using var refused = await gateway.Client.PostAsync(new Uri("/api/emr/sync", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private static Task<string> PageAsync(RunningGateway gateway) => gateway.Client.GetStringAsync(new Uri("/emr", UriKind.Relative));

    private static async Task<bool> HasAsync(RunningGateway gateway, string accession) =>
        await gateway.Store.GetAsync(accession, CancellationToken.None) is not null;

    /// <summary>The phase at which the EMR's check fails; null if it does not.</summary>
    private static async Task<string?> HealthAsync(RunningGateway gateway)
    {
        var check = (await gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "EMR sync");
        return check.TryGetProperty("phase", out var phase) ? phase.GetString() : null;
    }

    private static async Task<IReadOnlyList<string?>> AskAsync(RunningGateway gateway, string callingAeTitle)
    {
        await using var scu = await RawScu.ConnectAsync(gateway.Listener.EndPoints[0],
            [new PresentationContext(1, RawScu.Worklist, [TransferSyntax.ExplicitVrLittleEndian.Uid])], callingAeTitle);
        var identifier = new DicomDataset();
        identifier.Set(DicomTags.AccessionNumber);
        var found = await scu.FindAsync(identifier);
        await scu.ReleaseAsync();
        found.Succeeded();
        return found.Accessions;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
