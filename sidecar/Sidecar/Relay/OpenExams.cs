using System.Globalization;
using Gantry.Sidecar.Cli;
using Gantry.Sidecar.Phantoms;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Relay;

/// <summary>An exam for the emulated modality.</summary>
/// <param name="AccessionNumber">Its order.</param>
/// <param name="Begun">What was ordered, where the exam was begun before a stop and is to be finished; null for a new one.</param>
internal sealed record EmulatedExam(string AccessionNumber, ScheduledExam? Begun = null);

/// <summary>What the cloud sent for today and the emulated modality has not performed yet, or not to its end: asked after a start.</summary>
internal static class OpenExams
{
    private const int Most = 1000;

    /// <exception cref="WorklistStoreException">The worklist cannot be asked.</exception>
    public static async Task<IReadOnlyList<EmulatedExam>> FindAsync(IWorklistStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var today = time.Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var orders = await store.FindAsync(
            new() { Criteria = new() { Statuses = [OrderStatus.Scheduled, OrderStatus.InProgress], DateFrom = today, DateTo = today }, Take = Most }, cancellationToken);
        return
        [
            .. orders.Where(order => order.SourceMessageId is { Length: > 0 } && (order.Status == OrderStatus.Scheduled || IsOurs(order)))
                .OrderBy(order => order.CreatedAt, StringComparer.Ordinal)
                .Select(order => new EmulatedExam(order.AccessionNumber, order.Status == OrderStatus.Scheduled ? null : Begun(order))),
        ];
    }

    /// <summary>The step that is open has the name that we would give it.</summary>
    private static bool IsOurs(WorklistItem order) => order.MppsInstanceUid == ExamUids.Of(order.StudyInstanceUid, order.AccessionNumber)(ExamRoom.Step);

    private static ScheduledExam Begun(WorklistItem order) => new()
    {
        AccessionNumber = order.AccessionNumber,
        PatientId = order.PatientId,
        PatientName = order.PatientName,
        PatientBirthDate = order.PatientBirthDate,
        PatientSex = order.PatientSex,
        ScheduledDate = order.ScheduledDate,
        ScheduledTime = order.ScheduledTime,
        Modality = order.Modality,
        ScheduledStationAet = order.ScheduledStationAet,
        StudyDescription = order.StudyDescription,
        StepDescription = order.StepDescription,
        RequestedProcedureId = order.RequestedProcedureId,
        ScheduledStepId = order.ScheduledStepId,
        StudyInstanceUid = order.StudyInstanceUid,
        ReferringPhysician = order.ReferringPhysician,
    };
}
