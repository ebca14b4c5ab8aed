using Gantry.Contracts;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>Exams as a modality reports them, straight into the store.</summary>
internal static class Exams
{
    public static async Task OrderAsync(this IWorklistStore store, string accession, string? action = null, string? study = null) =>
        await store.AddAsync(
            new WorklistItem
            {
                AccessionNumber = accession, PatientId = "9990001112", PatientName = "SMITH^JANE", ScheduledDate = "20260105", ScheduledTime = "103000",
                Modality = "MG", SourceMessageId = action, StudyInstanceUid = study,
            },
            default);

    public static Task StartAsync(this IWorklistStore store, string accession) => store.CreateStepAsync(
        new()
        {
            SopInstanceUid = Step(accession), Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
            References = [new ScheduledReference { AccessionNumber = accession }],
        },
        default);

    public static Task FinishAsync(this IWorklistStore store, string accession) => store.ChangeStepAsync(
        Step(accession), step => new StepChange.Update { Status = StepStatus.Completed, Dataset = step.Dataset }, default);

    /// <summary>What was said of an exam's status, in order.</summary>
    public static IEnumerable<string> StatusesOf(this IEnumerable<GatewayEvent> heard, string accession) =>
        heard.OfType<GatewayEvent.StatusUpdated>().Where(status => status.Data.AccessionNumber == accession).Select(status => status.Data.Status);

    public static string Step(string accession) => $"2.25.{string.Concat(accession.Select(c => (int)c))}";
}
