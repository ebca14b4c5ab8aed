using System.Text;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Steps;

/// <summary>Words for tests about steps.</summary>
public abstract class StepTest : StoreTest
{
    protected static StepObject Content(string content) => new(Encoding.UTF8.GetBytes(content), "1.2.840.10008.1.2.1", "ISO_IR 192");

    protected static NewPerformedStep Step(string uid, params ScheduledReference[] references) => new()
    {
        SopInstanceUid = uid,
        Dataset = Content("created " + uid),
        References = references,
        Modality = "MG",
        PatientId = "P-A1",
        PatientName = "SMITH^JANE",
        StartTime = "20260105100500",
        CallingAeTitle = "MODALITY",
    };

    protected static ScheduledReference For(string? accession = null, string? study = null, string? step = null) =>
        new() { AccessionNumber = accession, StudyInstanceUid = study, ScheduledStepId = step };

    protected static StepChange Become(StepStatus status, string content = "changed") =>
        new StepChange.Update { Status = status, Dataset = Content(content), EndTime = "20260105103000" };

    protected async Task<IReadOnlyList<string>> CreateAsync(NewPerformedStep step) =>
        Assert.IsType<CreateStepOutcome.Created>(await Store.CreateStepAsync(step, default)).Orders;

    protected async Task<PerformedStep> SetAsync(string uid, StepStatus status) =>
        Assert.IsType<ChangeStepOutcome.Changed>(await Store.ChangeStepAsync(uid, _ => Become(status), default)).Step;

    protected async Task<OrderStatus> StatusAsync(string accession) => (await Store.GetAsync(accession, default))!.Status;

    /// <summary>Takes what waits in the outbox and says it was delivered.</summary>
    protected async Task<List<string>> DeliverAsync(OutboxTarget target)
    {
        var told = new List<string>();
        while (await Store.TakeOutboxAsync(target, 10, TimeSpan.FromMinutes(1), default) is { Count: > 0 } entries)
            foreach (OutboxEntry entry in entries)
            {
                StatusEvent status = StatusEvent.Parse(entry.Payload.Span);
                told.Add($"{status.AccessionNumber} {status.Status} {status.MppsInstanceUid}");
                await Store.MarkDeliveredAsync(entry.Id, default);
            }

        return told;
    }
}
