using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Gantry.Bench.Cloud;

/// <summary>The gateway's half of the way alone: a cloud that takes everything at once answers behind the embedded relay.</summary>
internal static class GatewayAlone
{
    private const int Statuses = 10_000, Images = 1_000, Arrivals = 100, Side = 256;

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("the gateway alone", "figure", "wanted");
        await StatusesAsync(Fresh(work, "statuses"), table, cancellationToken);
        await ImagesAsync(Fresh(work, "images"), table, cancellationToken);
        await ArrivalsAsync(Fresh(work, "hook"), withHook: true, table, cancellationToken);
        await ArrivalsAsync(Fresh(work, "poll"), withHook: false, table, cancellationToken);
        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        return [];
    }

    private static async Task StatusesAsync(string folder, Table table, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, "worklist.db");
        await using (var store = await WorklistStores.OpenAsync(new() { SqlitePath = database }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken))
        {
            foreach (var chunk in Enumerable.Range(0, Statuses).Select(Status).Chunk(1000)) await store.EnqueueAsync(chunk, null, cancellationToken);
        }

        await using var cloud = new CloudSide(FreePort());
        await cloud.StartAsync(cancellationToken);
        await using var gateway = new Gateway(folder, database, [.. cloud.Settings, "--Orthanc:Enabled=false"]);
        await gateway.StartAsync(cancellationToken);
        await cloud.UntilAsync(Statuses / 10, cancellationToken);
        var (ours, theirs) = (gateway.ProcessorSeconds() ?? 0, Environment.CpuUsage.TotalTime.TotalSeconds);
        Add(table, $"{Statuses:N0} status messages that waited, per s", await RateAsync(cloud, Statuses, cancellationToken), "1,000");
        // On a machine that others use too, this says more
        Add(
            table, "the same, processor time for a message: gateway / relay and cloud, ms",
            $"{PerMessage(ours, gateway.ProcessorSeconds() ?? 0)} / {PerMessage(theirs, Environment.CpuUsage.TotalTime.TotalSeconds)}", "");
        Add(table, "the same, gateway's memory, peak resident MB", Number(gateway.PeakMegabytes() ?? 0), "");
    }

    private static async Task ImagesAsync(string folder, Table table, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, "worklist.db");
        await using var archive = new Archive(Path.Combine(folder, "orthanc"), hook: null);
        await archive.StartAsync(cancellationToken);
        await archive.StoreAsync(Images, Side, TimeSpan.Zero, cancellationToken);
        await using var cloud = new CloudSide(FreePort());
        await cloud.StartAsync(cancellationToken);
        string[] settings = [.. archive.Settings, .. cloud.Settings, "--ChangeFeed:FirstStart=Beginning"];
        await using (var reader = new Gateway(Path.Combine(folder, "reader"), database, [.. settings, "--Forwarding:Paused=true"]))
        {
            await reader.StartAsync(cancellationToken);
            using var browser = new HttpClient { BaseAddress = new($"http://127.0.0.1:{reader.Port}") };
            while (JsonDocument.Parse(await browser.GetStringAsync("/api/forwarding", cancellationToken)).RootElement.GetProperty("pending").GetInt64() < Images)
                await Task.Delay(50, cancellationToken);
        }

        await using var gateway = new Gateway(Path.Combine(folder, "gateway"), database, settings);
        await gateway.StartAsync(cancellationToken);
        Add(table, $"{Images:N0} images that waited ({Side} x {Side}, with thumbnails), per s", await RateAsync(cloud, Images, cancellationToken), "200");
    }

    private static async Task ArrivalsAsync(string folder, bool withHook, Table table, CancellationToken cancellationToken)
    {
        await using var cloud = new CloudSide(FreePort());
        await cloud.StartAsync(cancellationToken);
        // The port of the pages is needed before Orthanc starts, and Orthanc before the gateway
        var settings = new List<string>(cloud.Settings) { "--ChangeFeed:FirstStart=Beginning" };
        await using var gateway = new Gateway(Path.Combine(folder, "gateway"), Path.Combine(folder, "worklist.db"), settings);
        await using var archive = new Archive(Path.Combine(folder, "orthanc"), withHook ? gateway.Port : null);
        settings.AddRange(archive.Settings);
        await archive.StartAsync(cancellationToken);
        await gateway.StartAsync(cancellationToken);
        await archive.StoreAsync(8, Side, TimeSpan.Zero, cancellationToken);
        await cloud.UntilAsync(8, cancellationToken);
        var stored = await archive.StoreAsync(Arrivals, Side, TimeSpan.FromMilliseconds(50), cancellationToken);
        await cloud.UntilAsync(Arrivals + 8, cancellationToken);
        var waits = stored.Select(image => TimeProvider.System.GetElapsedTime(image.StoredAt, cloud.HeardAt(image.Uid)!.Value).TotalMilliseconds).Order().ToList();
        Add(
            table,
            $"stored until told to the cloud with its thumbnail, {(withHook ? "with the hook" : "without it, looked at every 2 s")}, p50 / p95 ms",
            $"{Number(waits[waits.Count / 2])} / {Number(waits[waits.Count * 95 / 100])}", withHook ? "500" : "2,000 and a little");
    }

    /// <summary>From the first tenth on, since programs compile themselves at their start.</summary>
    private static async Task<string> RateAsync(CloudSide cloud, int count, CancellationToken cancellationToken)
    {
        await cloud.UntilAsync(count / 10, cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        await cloud.UntilAsync(count, cancellationToken);
        return Number(count * 0.9 / TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Two for each exam.</summary>
    private static NewOutboxEntry Status(int number)
    {
        var status = number % 2 == 0 ? "IN PROGRESS" : "COMPLETED";
        var exam = string.Create(CultureInfo.InvariantCulture, $"A{number / 2:000000}");
        var step = string.Create(CultureInfo.InvariantCulture, $"2.25.{number / 2}");
        return new()
        {
            Target = OutboxTarget.Cloud, Kind = StatusEvent.Kind, OrderKey = exam, EventKey = $"{step}|{exam}|{status}",
            Payload = Encoding.UTF8.GetBytes($$"""
                {"event_id":"{{step}}|{{exam}}|{{status}}","accession_number":"{{exam}}","status":"{{status}}","mpps_instance_uid":"{{step}}","timestamp":"2026-01-05T10:31:00Z"}
                """),
        };
    }

    private static void Add(Table table, string row, string figure, string wanted)
    {
        Console.Error.WriteLine($"{row}: {figure}");
        table.AddRow(row, figure, wanted);
    }

    private static string PerMessage(double before, double after) => ((after - before) * 1000 / (Statuses * 0.9)).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Fresh(string work, string name)
    {
        var folder = Path.Combine(work, name);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }

    private static string Number(double value) => value.ToString(value >= 100 ? "N0" : "0.0", CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
