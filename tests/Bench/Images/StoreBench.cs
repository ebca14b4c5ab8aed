using System.Diagnostics;
using Gantry.Bench.Cloud;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Orthanc.Net.Tests;
using Spectre.Console;

namespace Gantry.Bench.Images;

/// <summary>C-STORE by our SCU, by DCMTK's storescu, and Orthanc's own upload: the same files into an empty Orthanc each.</summary>
internal static class StoreBench
{
    public static async Task RunAsync(string work, Table table, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(work, "files");
        var files = await StudyFiles.WriteAsync(folder);
        var seconds = new Dictionary<string, double>();
        foreach (var (name, store) in new (string, Func<Archive, Task>)[]
        {
            ("Gantry's SCU", archive => OursAsync(archive, files, cancellationToken)),
            ("storescu (DCMTK)", archive => StorescuAsync(archive, folder, cancellationToken)),
            ("REST upload", archive => UploadAsync(archive, files, cancellationToken)),
        })
        {
            var runs = new List<double>();
            for (var run = 0; run < 3; run++)
            {
                var place = Path.Combine(work, $"store-{run}-{name[..4]}");
                await using (var archive = new Archive(place, hook: null))
                {
                    await archive.StartAsync(cancellationToken);
                    var start = TimeProvider.System.GetTimestamp();
                    await store(archive);
                    runs.Add(TimeProvider.System.GetElapsedTime(start).TotalSeconds);
                    var stored = (await archive.Client.Server.GetStatisticsAsync(cancellationToken)).CountInstances;
                    if (stored != StudyFiles.Slices) throw new BenchException($"{name} stored {stored} of {StudyFiles.Slices} objects.");
                }
            }

            seconds[name] = ImageBench.Median(runs);
        }

        var best = Math.Min(seconds["storescu (DCMTK)"], seconds["REST upload"]);
        foreach (var (name, median) in seconds)
        {
            ImageBench.Add(
                table, $"C-STORE of {StudyFiles.Slices} CT slices into Orthanc, {name}, MB/s and objects/s",
                $"{ImageBench.Number(StudyFiles.Slices * (double)StudyFiles.PixelBytes / 1e6 / median)} and {ImageBench.Number(StudyFiles.Slices / median)}",
                $"{ImageBench.Ratio(best / median)} of the better peer", "");
        }
    }

    private static async Task OursAsync(Archive archive, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        await using var client = await DicomClient.ConnectAsync(
            new() { Host = "127.0.0.1", Port = archive.Port, CallingAeTitle = "BENCH", CalledAeTitle = "ORTHANC", Contexts = [new(SyntheticImage.SecondaryCapture)] },
            cancellationToken: cancellationToken);
        foreach (var file in files)
        {
            var answer = await client.StoreAsync(DicomFile.Open(file), cancellationToken);
            if (!answer.IsSuccess) throw new BenchException($"Orthanc answered 0x{answer.Status:X4}.");
        }

        await client.ReleaseAsync(cancellationToken);
    }

    private static async Task StorescuAsync(Archive archive, string folder, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo("storescu", ["+sd", "-aec", "ORTHANC", "127.0.0.1", $"{archive.Port}", folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw new BenchException($"storescu failed: {await said}");
    }

    private static async Task UploadAsync(Archive archive, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        foreach (var file in files)
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, cancellationToken));
            using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{archive.HttpPort}/instances"), content, cancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }
}
