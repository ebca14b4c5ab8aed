using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Relay;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>
/// An hour of 50 events a second, as fast as they go through: does the cloud grow, or the gateway? Exams of one hospital come by MPPS through
/// a real gateway, and those of many others, with images, straight through the relay.
/// </summary>
internal static class MemoryBench
{
    private const int OwnExams = 20_000, Images = 30_000, OtherExams = 55_000, Events = (2 * OwnExams) + Images + (2 * OtherExams);
    private const int Clinics = 20, Streams = 100, AtOnce = 32, Modalities = 4, Quarters = 4;

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "memory", server, cancellationToken);
        var own = await scene.Data.ClinicsAsync(1, OwnExams, null, cancellationToken);
        var others = await scene.Data.ClinicsAsync(Clinics, OtherExams / Clinics, null, cancellationToken);
        var places = others.Concat(own).Select(exam => exam.Clinic).Distinct().ToList();
        await using var gateway = new Gateway(
            Path.Combine(scene.Folder, "gateway"), await scene.WorklistAsync(own, [], cancellationToken), [.. scene.Cloud.Settings, "--Orthanc:Enabled=false"]);
        await gateway.StartAsync(cancellationToken);
        await using var crowd = new LiveCrowd();
        await crowd.OpenAsync(
            scene.Cloud, scene.Cookies, Enumerable.Range(0, Streams).Select(number => $"/api/clinic/{places[number % places.Count]}/statuses/stream"), cancellationToken);
        await using var sender = new RelayMessenger(new() { Endpoint = scene.Cloud.Endpoint(CloudApp.EventsPath) });
        await using var samples = new MemorySamples(scene.Cloud, gateway);
        var rates = new List<double>();
        var load = new Load(("gateway", gateway.ProcessorSeconds), ("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds));
        for (var quarter = 0; quarter < Quarters; quarter++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var (ours, theirs) = (Part(own, quarter), Part(others, quarter));
            var modalities = ours.Chunk(ours.Count / Modalities).Select(some => PerformAsync(gateway, some, samples, cancellationToken));
            await Task.WhenAll(TellAsync(sender, theirs, samples, cancellationToken), Task.WhenAll(modalities));
            rates.Add(Events / Quarters / TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
        }

        // The gateway's messages are on their way still
        while (await scene.Data.CountAsync("appointments WHERE state = 'complete'", cancellationToken) < OwnExams + OtherExams) await Task.Delay(100, cancellationToken);
        await samples.EndAsync();

        var table = new Figures($"{Events:N0} events (an hour of 50 a second) through one cloud, {2 * OwnExams:N0} of them through one gateway, {Streams} open streams");
        table.Add("events a second, in each quarter", string.Join(" / ", rates.Select(Figures.Number)));
        table.Add("processor", load.Shares());
        samples.AddTo(table, Events);
        table.Add("images kept", await scene.Data.CountAsync("images WHERE thumbnail IS NOT NULL", cancellationToken), "", atLeast: Images);
        table.Add("streams that ended", Streams - crowd.Open, "", atMost: 0);
        return [table.Print()];
    }

    private static List<BenchExam> Part(List<BenchExam> exams, int quarter) => exams.GetRange(quarter * (exams.Count / Quarters), exams.Count / Quarters);

    private static Task TellAsync(RelayMessenger sender, List<BenchExam> exams, MemorySamples samples, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        exams.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (one, token) =>
        {
            foreach (var status in BenchMessages.Statuses) await sender.SendAsync(BenchMessages.Status(one.Item, status), token);
            var hasImage = one.Index % (OtherExams / Quarters) < Images / Quarters;
            if (hasImage) await sender.SendAsync(BenchMessages.Image(one.Item, 1), token);
            samples.Count(hasImage ? 3 : 2);
        });

    private static async Task PerformAsync(Gateway gateway, IEnumerable<BenchExam> exams, MemorySamples samples, CancellationToken cancellationToken)
    {
        await using var modality = await DicomClient.ConnectAsync(
            new() { Host = "127.0.0.1", Port = gateway.DicomPort, CallingAeTitle = "BENCH", CalledAeTitle = "GANTRY", Contexts = [new(MppsBench.PerformedStep)] },
            cancellationToken: cancellationToken);
        foreach (var exam in exams)
        {
            var step = DicomUid.New();
            var begun = await modality.CreateAsync(MppsBench.PerformedStep, step, MppsBench.Start(exam), cancellationToken);
            var ended = await modality.SetAsync(MppsBench.PerformedStep, step, MppsBench.End(), cancellationToken);
            if (!begun.IsSuccess || !ended.IsSuccess) throw new BenchException($"The gateway answered 0x{begun.Status:X4} and 0x{ended.Status:X4} to an exam.");
            samples.Count(2);
        }

        await modality.ReleaseAsync(cancellationToken);
    }
}
