using System.Globalization;
using System.Text.Json;
using Gantry.Bench.Cloud;
using Spectre.Console;

namespace Gantry.Bench.Images;

/// <summary>DICOMweb straight from Orthanc and through the viewer's port, in turns.</summary>
internal static class ViewerBench
{
    private const int Runs = 5, Parallel = 6;
    private const string Plugins = "\"/usr/share/orthanc/plugins/libOrthancDicomWeb.so\"";

    public static async Task RunAsync(string work, Table table, CancellationToken cancellationToken)
    {
        await using var archive = new Archive(Path.Combine(work, "viewer"), hook: null, Plugins);
        await archive.StartAsync(cancellationToken);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(work, "files")))
            await archive.Client.Instances.UploadAsync(new MemoryStream(await File.ReadAllBytesAsync(file, cancellationToken)), cancellationToken);
        var port = new Archive(work, null).Port;
        await using var gateway = new Gateway(
            Path.Combine(work, "gateway"), Path.Combine(work, "worklist.db"), [.. archive.Settings, "--Viewer:Enabled=true", $"--Viewer:Port={port}"]);
        await gateway.StartAsync(cancellationToken);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        string[] roots = [$"http://127.0.0.1:{archive.HttpPort}/dicom-web", $"http://127.0.0.1:{port}/dicom-web"];
        var frames = await FramesAsync(http, roots[0], cancellationToken);
        var series = frames[0][..frames[0].IndexOf("/instances/", StringComparison.Ordinal)];
        var before = gateway.PeakMegabytes();
        foreach (var (name, ask) in new (string, Func<string, Task>)[]
        {
            ("the series as one answer (262 MB)", root => ReadAsync(http, root + series, "multipart/related; type=\"application/dicom\"; transfer-syntax=*", cancellationToken)),
            ("its metadata", root => ReadAsync(http, root + series + "/metadata", "application/dicom+json", cancellationToken)),
            ("its 500 frames, 6 at a time", root => System.Threading.Tasks.Parallel.ForEachAsync(
                frames, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
                async (frame, stop) => await ReadAsync(http, root + frame, "multipart/related; type=application/octet-stream; transfer-syntax=*", stop))),
        })
        {
            var times = new[] { new List<double>(), new List<double>() };
            for (var run = 0; run <= Runs; run++)
            {
                for (var way = 0; way < 2; way++)
                {
                    var start = TimeProvider.System.GetTimestamp();
                    await ask(roots[way]);
                    // The first one warms up both
                    if (run > 0) times[way].Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            var (straight, through) = (ImageBench.Median(times[0]), ImageBench.Median(times[1]));
            ImageBench.Add(
                table, $"DICOMweb, {name}: straight from Orthanc / through the viewer's port, ms",
                $"{ImageBench.Number(straight)} / {ImageBench.Number(through)}", ImageBench.Ratio(through / straight), "1.10");
        }

        ImageBench.Add(
            table, "the gateway's memory, peak resident MB, before and after",
            $"{ImageBench.Number(before ?? 0)} and {ImageBench.Number(gateway.PeakMegabytes() ?? 0)}", "", "flat");
    }

    private static async Task<List<string>> FramesAsync(HttpClient http, string root, CancellationToken cancellationToken)
    {
        using var found = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{root}/instances?limit=1000"), cancellationToken));
        return [.. found.RootElement.EnumerateArray().Select(instance => string.Create(
            CultureInfo.InvariantCulture, $"/studies/{Uid(instance, "0020000D")}/series/{Uid(instance, "0020000E")}/instances/{Uid(instance, "00080018")}/frames/1"))];
    }

    private static string Uid(JsonElement instance, string tag) => instance.GetProperty(tag).GetProperty("Value")[0].GetString()!;

    private static async Task ReadAsync(HttpClient http, string address, string accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
    }
}
