using Gantry.Relay;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>A thousand open pages while fifty things happen every second: all at one clinic, and at twenty.</summary>
internal static class CrowdBench
{
    private const int Streams = 1_000, PerSecond = 50, Events = 600, WarmUp = 100;

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "crowd", server, cancellationToken);
        return [await RunAsync(scene, 20, cancellationToken), await RunAsync(scene, 1, cancellationToken)];
    }

    private static async Task<Figures> RunAsync(CloudScene scene, int clinics, CancellationToken cancellationToken)
    {
        var exams = await scene.Data.ClinicsAsync(clinics, Events / 2 / clinics, null, cancellationToken);
        var places = exams.Select(exam => exam.Clinic).Distinct().ToList();
        var pages = await Task.WhenAll(places.Select(clinic => LiveClient.StatusesAsync(scene.Cloud, scene.Cookies, clinic, cancellationToken)));
        await using var crowd = new LiveCrowd();
        await crowd.OpenAsync(
            scene.Cloud, scene.Cookies, Enumerable.Range(0, Streams).Select(number => $"/api/clinic/{places[number % clinics]}/statuses/stream"), cancellationToken);
        // The clinics take turns, and each exam starts before it ends
        var turns = exams.GroupBy(exam => exam.Clinic).SelectMany(group => group.Select((exam, at) => (exam, at))).OrderBy(one => one.at).Select(one => one.exam).ToList();
        var messages = turns.Chunk(20).SelectMany(some => BenchMessages.Statuses.SelectMany(status => some.Select(exam => (exam, status)))).ToList();
        var sent = new Dictionary<string, long>();
        await using var sender = new RelayMessenger(new() { Endpoint = scene.Cloud.Endpoint(CloudApp.EventsPath) });
        var sending = new List<Task>();
        var load = new Load(("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds));
        using (var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond)))
        {
            foreach (var (exam, status) in messages)
            {
                await pace.WaitForNextTickAsync(cancellationToken);
                sent[$"{exam.Appointment} {BenchMessages.StateAfter(status)}"] = TimeProvider.System.GetTimestamp();
                sending.Add(sender.SendAsync(BenchMessages.Status(exam, status), cancellationToken));
            }
        }

        await Task.WhenAll(sending);
        var each = messages.Count / clinics;
        foreach (var page in pages) await page.UntilAsync(each, cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        for (var look = 0; look < 100 && crowd.WithoutAll(each) > 0; look++) await Task.Delay(100, cancellationToken);
        var shares = load.Shares();
        var positions = sent.Skip(WarmUp).ToDictionary(one => pages.Select(page => page.Seen(one.Key)).First(seen => seen is not null)!.Value.Position, one => one.Value);

        var table = new Figures($"{Streams:N0} SSE streams on {clinics} clinic{(clinics == 1 ? "" : "s")}, {PerSecond} events a second, {Streams * PerSecond / clinics:N0} deliveries a second");
        table.Add("message sent until seen, over all streams", crowd.Waits(positions), 300);
        table.Add("streams without exactly all events of their clinic, in order", crowd.WithoutAll(each) + crowd.Repeated, "", atMost: 0);
        table.Add("processor", shares);
        table.Add("memory of the cloud, peak resident", scene.Cloud.PeakMegabytes() ?? 0, "MB");
        foreach (var page in pages) await page.DisposeAsync();
        return table.Print();
    }
}
