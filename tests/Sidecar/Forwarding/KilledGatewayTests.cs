using Gantry.Contracts;
using Gantry.Sidecar.Tests.Archive;
using Gantry.Sidecar.Tests.Wire;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>kill -9 in the middle of it, again and again.</summary>
public sealed class KilledGatewayTests : IDisposable
{
    private const int Exams = 12, ImagesOfEach = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-killed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_gateway_that_is_killed_before_the_cloud_could_answer_tells_every_exam_and_every_image_in_order_with_the_same_ids()
    {
        await using var orthanc = await OrthancProcess.StartNewAsync();
        await using var cloud = await CloudStub.StartAsync();
        await using var store = await WorklistStores.OpenAsync(
            new() { SqlitePath = Database }, NullLoggerFactory.Instance, TimeProvider.System, default);
        var work = Task.Run(() => PerformAsync(store, orthanc));
        var random = new Random(4711);
        var heard = 0;
        foreach (var patience in new[] { 3, 12, 9, 1 })
        {
            await using var gateway = await StartAsync(orthanc, cloud);
            var killAt = heard + patience + random.Next(3);
            var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            cloud.Answer = message =>
            {
                if (Interlocked.Increment(ref heard) >= killAt && killed.TrySetResult())
                    gateway.Kill();
                return CloudStub.Taken(message);
            };
            await killed.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }
        cloud.Answer = message => random.Next(5) == 0 ? EventReply.Error(message.MessageId, "not now") : CloudStub.Taken(message);
        await using var last = await StartAsync(orthanc, cloud);
        await work;
        await cloud.UntilAsync(all => Enumerable.Range(0, Exams).All(exam => Told(all, exam).Count == ImagesOfEach + 2));

        for (var exam = 0; exam < Exams; exam++)
        {
            // The first time that each was told
            var told = Told(cloud.Heard, exam);
            Assert.Equal("IN PROGRESS", told.First(word => word.Length > 2));
            Assert.Equal(["1", "2", "3"], told.Where(word => word.Length == 1));
            Assert.Equal("COMPLETED", told.Last(word => word.Length > 2));
        }
        Assert.All(
            cloud.Heard.OfType<GatewayEvent.ImageReceived>().GroupBy(image => image.Image.Image.SopInstanceUid),
            image => Assert.Single(image.Select(message => message.MessageId).Distinct()));
        Assert.Equal(Exams * (ImagesOfEach + 2), cloud.Heard.Select(message => message.MessageId).Distinct().Count());
    }

    private string Database => Path.Combine(_folder.FullName, "worklist.db");

    private static async Task PerformAsync(IWorklistStore store, OrthancProcess orthanc)
    {
        var archive = Clients.Of(orthanc);
        for (var exam = 0; exam < Exams; exam++)
        {
            var image = new SyntheticImage { AccessionNumber = $"A{exam}", PatientId = "9990001112" };
            await store.OrderAsync(image.AccessionNumber, $"m{exam}", image.StudyInstanceUid);
            await store.StartAsync(image.AccessionNumber);
            for (var i = 0; i < ImagesOfEach; i++, image = image.Next())
                await image.UploadAsync(archive);
            await store.FinishAsync(image.AccessionNumber);
        }
    }

    private Task<SidecarProcess> StartAsync(OrthancProcess orthanc, CloudStub cloud) => SidecarProcess.StartAsync(
        _folder.FullName, Database,
        [
            .. ArchiveHouse.Settings(orthanc).Concat(cloud.Settings).Select(setting => $"--{setting}"),
            "--ChangeFeed:FirstStart=Beginning", "--ChangeFeed:PollInterval=00:00:00.100",
        ]);

    private static List<string> Told(IReadOnlyList<GatewayEvent> heard, int exam) => [.. heard
        .Where(message => (message as GatewayEvent.StatusUpdated)?.Data.AccessionNumber == $"A{exam}"
            || (message as GatewayEvent.ImageReceived)?.Image.Study.AccessionNumber == $"A{exam}")
        .DistinctBy(message => message.MessageId)
        .Select(message => message is GatewayEvent.StatusUpdated status ? status.Data.Status : ((GatewayEvent.ImageReceived)message).Image.Image.InstanceNumber!)];
}
