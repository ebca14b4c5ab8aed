using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Web;

/// <summary>What an admin wants to see beside the orders: counts, rows that cannot be served, exams without an order, listeners.</summary>
internal static class StateEndpoints
{
    private const int Most = 200;

    public static void MapState(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("State");
        group.MapGet("/statistics", StatisticsAsync).WithName("GetStatistics").WithSummary("How many orders stand in each status.");
        group.MapGet("/set-aside", SetAsideAsync).WithName("ListSetAside").WithSummary("Orders that cannot be served, with the reason.").ShowsPatients();
        group.MapGet("/unscheduled-exams", UnscheduledAsync).WithName("ListUnscheduledExams").WithSummary("Exams that were started without an order.").ShowsPatients();
        group.MapGet("/listeners", Listeners).WithName("GetListeners").WithSummary("Where modalities reach us, and what they have done so far.");
    }

    private static async Task<Ok<WorklistCounts>> StatisticsAsync(IWorklistStore store, CancellationToken cancellationToken)
    {
        var statistics = await store.StatisticsAsync(cancellationToken);
        return TypedResults.Ok(new WorklistCounts(
            OrderStatuses.All.ToDictionary(status => status.ToText(), status => statistics.Counts.GetValueOrDefault(status)), statistics.Total));
    }

    private static async Task<Ok<IReadOnlyList<SetAsideItem>>> SetAsideAsync(IWorklistStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.SetAsideItemsAsync(Most, cancellationToken));

    private static async Task<Ok<IReadOnlyList<UnscheduledExam>>> UnscheduledAsync(IWorklistStore store, CancellationToken cancellationToken)
    {
        var steps = await store.UnscheduledStepsAsync(Most, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<UnscheduledExam>>([.. steps.Select(step => new UnscheduledExam(
            step.SopInstanceUid, step.Status.ToText(), step.AccessionNumber, step.StudyInstanceUid, step.Modality, step.PatientId,
            step.PatientName, step.StartTime, step.EndTime, step.CallingAeTitle, step.Warnings))]);
    }

    private static Ok<ListenersReport> Listeners(DicomListenerService listener, SidecarSettings settings) =>
        TypedResults.Ok(new ListenersReport(
            settings.Dicom.AeTitle, [.. listener.EndPoints.Select(endPoint => endPoint.ToString())], settings.Dicom.Tls.Enabled,
            listener.AssociationCount, listener.Counters.AssociationsAccepted, listener.Counters.AssociationsRejected,
            listener.Counters.AssociationsAborted, listener.Counters.Requests, listener.Counters.RequestsFailed));
}
