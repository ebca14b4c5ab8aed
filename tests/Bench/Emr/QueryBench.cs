using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Gantry.Bench.Cloud;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Emr;

/// <summary>
/// What the EMR costs a modality that asks: the same query, one after the other on one association, with no EMR, with one that answers,
/// with one that is away, with one that takes the call and is silent; and while a sync compares 100,000 rows.
/// </summary>
internal static class QueryBench
{
    private const string Worklist = "1.2.840.10008.5.1.4.31";
    private const int Items = 10_000;
    private const int Queries = 3_000;
    private const int Compared = 100_000;

    public static async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, $"query-{Environment.ProcessId}")).FullName;
        try
        {
            var figures = new Figures("a query by accession number, with the EMR ...");
            using var silence = new TcpListener(IPAddress.Loopback, 0);
            silence.Start();
            var emr = EmrBench.Make(Path.Combine(work, "emr.db"), 1_000);
            var without = await AskAsync(figures, work, "none set", [], cancellationToken);
            await AskAsync(figures, work, "asked before every query", [.. Settings(emr, ByChange), "--EmrSync:QueryMinimumAge=0:00:00"], cancellationToken);
            await AskAsync(figures, work, "asked when 10 s have gone (default)", Settings(emr, ByChange), cancellationToken);
            await AskAsync(figures, work, "away", Settings(Postgres(1), ByChange), cancellationToken);
            await AskAsync(figures, work, "silent", Settings(Postgres(((IPEndPoint)silence.LocalEndpoint).Port), ByChange), cancellationToken);
            await WhileSyncingAsync(figures, work, cancellationToken);
            figures.Print();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p95 without an EMR: {without:0.000} ms. 'away' and 'silent' are wanted to be equal to it; the first query of 'silent' waits for the budget."));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private const string ByChange = "SELECT " + EmrBench.Columns + ", changed AS changed_at FROM exams WHERE changed >= @since";

    private static string[] Settings(string dsn, string orders) =>
        [$"--EmrSync:Dsn={dsn}", $"--EmrSync:Orders={orders}", "--EmrSync:ChangedAtFormat=yyyyMMddHHmmss", "--EmrSync:Schedule=7.00:00:00"];

    private static string Postgres(int port) => $"Driver={{{EmrBench.Driver("psqlodbcw.so")}}};Server=127.0.0.1;Port={port};Database=emr;UID=u;PWD=p";

    /// <returns>The 95th percentile in milliseconds.</returns>
    private static async Task<double> AskAsync(Figures figures, string work, string name, string[] settings, CancellationToken cancellationToken)
    {
        await using var gateway = await StartAsync(work, settings, cancellationToken);
        await using var client = await ConnectAsync(gateway, cancellationToken);
        await QueryAsync(client, 500, cancellationToken);
        var waits = await QueryAsync(client, Queries, cancellationToken);
        figures.Add(name, waits);
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri($"http://localhost:{gateway.Port}/metrics"), cancellationToken);
        if (Metric(metrics, "gantry_emr_sync_seconds_count{reason=\"query\"}") is > 0 and var syncs)
        {
            figures.Add($"  syncs for that, and how long each took",
                string.Create(CultureInfo.InvariantCulture, $"{syncs:N0}, {Metric(metrics, "gantry_emr_sync_seconds_sum{reason=\"query\"}") / syncs * 1000:0.00} ms"));
        }
        return waits.Order().ElementAt((int)(waits.Count * 0.95));
    }

    private static async Task WhileSyncingAsync(Figures figures, string work, CancellationToken cancellationToken)
    {
        var emr = EmrBench.Make(Path.Combine(work, "big.db"), Compared);
        await using var gateway = await StartAsync(work, [.. Settings(emr, "SELECT " + EmrBench.Columns + " FROM exams"), "--EmrSync:OnQuery=false"], cancellationToken);
        await using var client = await ConnectAsync(gateway, cancellationToken);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        var sync = new Uri($"http://localhost:{gateway.Port}/api/emr/sync?whole=true");
        (await http.PostAsync(sync, null, cancellationToken)).EnsureSuccessStatusCode();
        await QueryAsync(client, 500, cancellationToken);
        figures.Add("no sync runs: queries", PerSecond(await QueryAsync(client, Queries, cancellationToken)), "/s");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var syncs = 0;
        var syncing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                (await http.PostAsync(sync, null, stop.Token)).EnsureSuccessStatusCode();
                syncs++;
            }
        }, stop.Token);
        figures.Add("100,000 rows are compared over and over: queries", PerSecond(await QueryAsync(client, Queries * 5, cancellationToken)), "/s");
        await stop.CancelAsync();
        await syncing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<Gateway> StartAsync(string work, string[] settings, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(work, $"gateway-{Guid.NewGuid():N}");
        var database = Path.Combine(folder, "worklist.db");
        Directory.CreateDirectory(folder);
        await using (var store = await WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = database }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken))
        {
            foreach (var chunk in WorklistItems.Make(Items).Chunk(5_000)) await store.AddAsync(chunk, cancellationToken);
        }
        var gateway = new Gateway(folder, database, ["--Orthanc:Enabled=false", .. settings]);
        await gateway.StartAsync(cancellationToken);
        return gateway;
    }

    private static Task<DicomClient> ConnectAsync(Gateway gateway, CancellationToken cancellationToken) => DicomClient.ConnectAsync(
        new DicomClientOptions { Host = "localhost", Port = gateway.DicomPort, Contexts = [new(Worklist)] }, cancellationToken: cancellationToken);

    private static async Task<List<double>> QueryAsync(DicomClient client, int queries, CancellationToken cancellationToken)
    {
        var waits = new List<double>(queries);
        for (var query = 0; query < queries; query++)
        {
            var identifier = new DicomDataset();
            identifier.Set(DicomTags.AccessionNumber, string.Create(CultureInfo.InvariantCulture, $"ACC{query % Items:D7}"));
            var start = Stopwatch.GetTimestamp();
            var answers = 0;
            await foreach (var _ in client.FindAsync(Worklist, identifier, cancellationToken: cancellationToken)) answers++;
            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (answers != 1) throw new BenchException($"A query had {answers} answers where 1 was wanted.");
        }
        return waits;
    }

    private static double PerSecond(List<double> waits) => waits.Count / (waits.Sum() / 1000);

    private static double? Metric(string text, string name) => text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        ? double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) : null;
}
