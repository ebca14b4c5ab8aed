using Gantry.Relay;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>An hour of 50 events a second, as fast as they go through: does the cloud grow?</summary>
internal static class MemoryBench
{
    private const int Events = 180_000, Clinics = 20, Streams = 100, AtOnce = 32;

    public static async Task RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "memory", server, cancellationToken);
        var exams = await scene.Data.ClinicsAsync(Clinics, Events / 2 / Clinics, null, cancellationToken);
        var places = exams.Select(exam => exam.Clinic).Distinct().ToList();
        await using var crowd = new LiveCrowd();
        await crowd.OpenAsync(
            scene.Cloud, scene.Cookies, Enumerable.Range(0, Streams).Select(number => $"/api/clinic/{places[number % Clinics]}/statuses/stream"), cancellationToken);
        await using var sender = new RelayMessenger(new() { Endpoint = scene.Cloud.Endpoint(CloudApp.EventsPath) });
        var (resident, rates) = (new List<double>(), new List<double>());
        var load = new Load(("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds));
        var (ours, data) = (scene.Cloud.ProcessorSeconds() ?? 0, scene.DatabaseSeconds() ?? 0);
        foreach (var quarter in exams.Chunk(exams.Count / 4))
        {
            var begun = TimeProvider.System.GetTimestamp();
            await Parallel.ForEachAsync(quarter, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (exam, token) =>
            {
                foreach (var status in BenchMessages.Statuses) await sender.SendAsync(BenchMessages.Status(exam, status), token);
            });
            rates.Add(quarter.Length * 2 / TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
            resident.Add(scene.Cloud.ResidentMegabytes() ?? 0);
        }

        var table = new Figures($"{Events:N0} events (an hour of 50 a second) through one cloud, {Streams} open streams");
        table.Add("events a second, in each quarter", string.Join(" / ", rates.Select(Figures.Number)));
        table.Add("processor", load.Shares());
        table.Add("processor time for an event, cloud / database", $"{PerEvent(ours, scene.Cloud.ProcessorSeconds()):0.00} / {PerEvent(data, scene.DatabaseSeconds()):0.00} ms");
        table.Add("resident memory after 25 / 50 / 75 / 100 %", $"{string.Join(" / ", resident.Select(Figures.Number))} MB", "flat");
        table.Add("growth from the first quarter to the last", 100 * ((resident[^1] / resident[0]) - 1), "%", atMost: 10);
        table.Add("streams that ended", Streams - crowd.Open, "", atMost: 0);
        table.Print();

        static double PerEvent(double before, double? after) => ((after ?? 0) - before) * 1000 / Events;
    }
}
