using System.Text.Json;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>The cloud is back after an outage: how fast it hears of what happened meanwhile.</summary>
internal static class OutageBench
{
    private const int Exams = 10_000, Images = 2_500, Side = 256;

    public static async Task<IReadOnlyList<Figures>> StatusesAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "status-outage", server, cancellationToken);
        var exams = await scene.Data.ClinicsAsync(1, Exams, null, cancellationToken);
        var waiting = exams.SelectMany(exam => BenchMessages.Statuses.Select(status => BenchMessages.Waiting(exam, status)));
        await using var page = await LiveClient.StatusesAsync(scene.Cloud, scene.Cookies, exams[0].Clinic, cancellationToken);
        await using var gateway = new Gateway(
            Path.Combine(scene.Folder, "gateway"), await scene.WorklistAsync([], waiting, cancellationToken), [.. scene.Cloud.Settings, "--Orthanc:Enabled=false"]);
        await gateway.StartAsync(cancellationToken);

        const int Messages = Exams * 2;
        var table = new Figures($"{Messages:N0} status messages that waited during an outage");
        await RateAsync(table, Messages, 1000, page, gateway, scene, [], cancellationToken);
        table.Add("exams complete in the end", await scene.Data.CountAsync("appointments WHERE state = 'complete'", cancellationToken), "", atLeast: Exams);
        table.Add("events repeated or out of order", page.Repeated, "", atMost: 0);
        table.Add("times the page's stream was ended because it did not keep up", page.Ended, "");
        table.Add("memory of the gateway, peak resident", gateway.PeakMegabytes() ?? 0, "MB");
        table.Add("memory of the cloud, peak resident", scene.Cloud.PeakMegabytes() ?? 0, "MB");
        return [table.Print()];
    }

    public static async Task<IReadOnlyList<Figures>> ImagesAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "image-outage", server, cancellationToken);
        await using var archive = new Archive(Path.Combine(scene.Folder, "orthanc"), hook: null);
        await archive.StartAsync(cancellationToken);
        await archive.StoreAsync(Images, Side, TimeSpan.Zero, cancellationToken);
        string[] settings = [.. archive.Settings, .. scene.Cloud.Settings, "--ChangeFeed:FirstStart=Beginning"];
        var worklist = await scene.WorklistAsync([], [], cancellationToken);
        await using (var reader = new Gateway(Path.Combine(scene.Folder, "reader"), worklist, [.. settings, "--Forwarding:Paused=true"]))
        {
            await reader.StartAsync(cancellationToken);
            using var browser = new HttpClient { BaseAddress = new($"http://127.0.0.1:{reader.Port}") };
            while (JsonDocument.Parse(await browser.GetStringAsync("/api/forwarding", cancellationToken)).RootElement.GetProperty("pending").GetInt64() < Images)
                await Task.Delay(50, cancellationToken);
        }

        await using var gateway = new Gateway(Path.Combine(scene.Folder, "gateway"), worklist, settings);
        await gateway.StartAsync(cancellationToken);
        var table = new Figures($"{Images:N0} images of {Side} x {Side}, with thumbnails, that waited during an outage");
        await RateAsync(table, Images, 200, page: null, gateway, scene, [("Orthanc", archive.ProcessorSeconds)], cancellationToken);
        table.Add("images with a thumbnail in the end", await scene.Data.CountAsync("images WHERE thumbnail IS NOT NULL", cancellationToken), "", atLeast: Images);
        return [table.Print()];
    }

    /// <summary>From the first tenth on, since programs compile themselves at their start.</summary>
    private static async Task RateAsync(
        Figures table, int count, double wanted, LiveClient? page, Gateway gateway, CloudScene scene, (string, Func<double?>)[] others, CancellationToken cancellationToken)
    {
        await UntilAsync(count / 10);
        var first = await CountAsync();
        var (start, load) = (TimeProvider.System.GetTimestamp(), new Load([("gateway", gateway.ProcessorSeconds), ("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds), .. others]));
        var (ours, theirs, data) = (gateway.ProcessorSeconds() ?? 0, scene.Cloud.ProcessorSeconds() ?? 0, scene.DatabaseSeconds() ?? 0);
        await UntilAsync(count);
        table.Add("seen by the cloud, per second", (count - first) / TimeProvider.System.GetElapsedTime(start).TotalSeconds, "", atLeast: wanted);
        table.Add("processor", load.Shares());
        table.Add("processor time for a message, gateway / cloud / database",
            $"{PerMessage(ours, gateway.ProcessorSeconds()):0.00} / {PerMessage(theirs, scene.Cloud.ProcessorSeconds()):0.00} / {PerMessage(data, scene.DatabaseSeconds()):0.00} ms");

        double PerMessage(double before, double? after) => ((after ?? 0) - before) * 1000 / (count - first);

        async Task<long> CountAsync() => page?.Count ?? await scene.Data.CountAsync("images", cancellationToken);

        async Task UntilAsync(int many)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            if (page is not null) await page.UntilAsync(many, patience.Token);
            while (await CountAsync() < many) await Task.Delay(20, patience.Token);
        }
    }
}
