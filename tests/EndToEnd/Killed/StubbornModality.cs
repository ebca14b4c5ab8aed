using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Cli;
using Gantry.Sidecar.Phantoms;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>
/// A modality as they are: it says everything until it is told that it was heard. The same step and the same images are sent again,
/// never others.
/// </summary>
internal sealed class StubbornModality(GantrySystem system)
{
    /// <summary>Modality Performed Procedure Step Retrieve (PS3.4 F.8).</summary>
    private const string Retrieve = "1.2.840.10008.3.1.2.3.4";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly PhantomOptions Small = new() { MammogramColumns = 192, StationName = "MG1" };

    /// <summary>Performs an exam to its end; the result is its images.</summary>
    public async Task<IReadOnlyList<string>> PerformAsync(string accession, bool discontinue, TimeSpan examination)
    {
        ScheduledExam? exam = null;
        await UntilDoneAsync("C-FIND", Worklist, [PeerCall.WorklistFind], async (report, client) =>
        {
            var found = await new WorklistQuestion(AccessionNumber: accession).AskAsync(report, client, CancellationToken.None);
            exam = WorklistQuestion.InOrder(found) is [var item, ..] ? item : null;
            return exam is not null;
        });
        // One name for good: a report that is made again after a lost reply must not begin a second step
        var step = new PerformedStepObject(exam!, "MG1", TimeProvider.System.GetLocalNow(), DicomUid.New());
        await UntilDoneAsync("N-CREATE", Worklist, [PeerCall.PerformedStep], async (report, client) =>
        {
            await step.CreateAsync(report, client, CancellationToken.None);
            return true;
        });
        using (var pause = new PeriodicTimer(examination))
            await pause.WaitForNextTickAsync();

        var order = exam!.ToOrder() with { StudyInstanceUid = step.StudyInstanceUid, MppsInstanceUid = step.InstanceUid, PerformedStepId = step.StepId };
        var waiting = new Queue<DicomFile>(PhantomStudies.Make("MG", order, Small).Take(discontinue ? 1 : 4));
        var tally = new SeriesTally();
        var images = new List<string>();
        await UntilDoneAsync("C-STORE", Archive, ImageSender.SopClasses, async (report, client) =>
        {
            while (waiting.TryPeek(out var image))
            {
                await ImageSender.SendAsync(report, client, "MG", [image], tally, CancellationToken.None);
                images.Add(waiting.Dequeue().Dataset.GetString(DicomTags.SOPInstanceUID)!);
            }
            return true;
        });
        (string, string)? reason = discontinue ? ("110513", "Discontinued for unspecified reason") : null;
        await UntilDoneAsync("N-SET", Worklist, [PeerCall.PerformedStep, Retrieve], async (report, client) =>
        {
            // A final state cannot be set twice (PS3.4 F.7.2.2.2): when no reply came, a modality looks whether it was heard
            var state = await report.RunAsync("N-GET", async () => (await client.GetAsync(
                PeerCall.PerformedStep, step.InstanceUid, [DicomTags.PerformedProcedureStepStatus], Retrieve)).Done(), _ => null, CancellationToken.None);
            if (state.Dataset?.GetString(DicomTags.PerformedProcedureStepStatus) == "IN PROGRESS")
                await step.FinishAsync(report, client, tally, reason, TimeProvider.System.GetLocalNow(), CancellationToken.None);
            return true;
        });
        return images;
    }

    private DicomClientOptions Worklist => new() { Host = "127.0.0.1", Port = system.Ports.Worklist, CallingAeTitle = "MG1", ResponseTimeout = TimeSpan.FromSeconds(10) };

    private DicomClientOptions Archive => new()
    {
        Host = "127.0.0.1", Port = system.Ports.Archive, CallingAeTitle = "MG1", CalledAeTitle = "ORTHANC", ResponseTimeout = TimeSpan.FromSeconds(10),
    };

    private static async Task UntilDoneAsync(
        string what, DicomClientOptions peer, IReadOnlyList<string> sopClasses, Func<StepReport, DicomClient, Task<bool>> work)
    {
        var seen = "";
        await Patience.UntilAsync(async () =>
        {
            var report = new StepReport(null, TimeProvider.System);
            var done = false;
            try
            {
                await PeerCall.AssociateAsync(
                    report, peer, sopClasses, TimeProvider.System, async client => done = await work(report, client), CancellationToken.None);
            }
            catch (Exception error) when (error is StepReportedException or DicomNetworkException)
            {
                // What was answered counts, however the association ended
                seen = report.Steps.LastOrDefault(step => step.Outcome == "failed") is { } failed ? $"{failed.Name}: {failed.Detail}" : error.Message;
            }
            return (done, $"{what}: {seen}");
        }, Limit);
    }
}
