using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Web;

/// <summary><c>/api/worklist</c>: find, add and remove orders, and set a status by hand.</summary>
internal static class WorklistEndpoints
{
    public static void MapWorklist(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/worklist").WithTags("Worklist").AddEndpointFilter<RouteGroupBuilder, OrderAudit>();
        group.MapGet("", FindAsync).WithName("ListOrders").WithSummary("Orders, a page at a time, by scheduled date and time.")
            .WithDescription("date is YYYYMMDD, YYYY-MM-DD, 'today', or a range such as 20260101-20260131; modality and status may repeat.");
        group.MapGet("/{accession}", GetAsync).WithName("GetOrder").WithSummary("One order.").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("", AddAsync).WithName("AddOrder").WithSummary("Adds an order; 409 where the accession number is taken.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{accession}/status", SetStatusAsync).WithName("SetOrderStatus").WithSummary("Sets an order's status by hand.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{accession}", RemoveAsync).WithName("RemoveOrder").WithSummary("Removes an order; exams performed for it stay.").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("", RemoveByQueryAsync).WithName("RemoveOrderByQuery").WithSummary("Removes an order whose accession number does not fit into a path.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<WorklistPage>, ValidationProblem>> FindAsync(
        IWorklistStore store, TimeProvider time, CancellationToken cancellationToken,
        [FromQuery(Name = "modality")] string[]? modality = null, [FromQuery(Name = "date")] string? date = null,
        [FromQuery(Name = "patient_id")] string? patientId = null, [FromQuery(Name = "accession_number")] string? accessionNumber = null,
        [FromQuery(Name = "status")] string[]? status = null, [FromQuery(Name = "skip")] int skip = 0, [FromQuery(Name = "take")] int take = 100)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var statuses = new List<OrderStatus>();
        foreach (var word in status ?? [])
        {
            if (OrderStatuses.TryParse(word, out var known))
                statuses.Add(known);
            else
                errors["status"] = [$"status is one of {string.Join(", ", OrderStatuses.All.Select(s => s.ToText()))}."];
        }
        if (!DayRange.TryParse(date, time.Today(), out var days))
            errors["date"] = ["date is YYYYMMDD, YYYY-MM-DD, today, or a range of two days with a hyphen between YYYYMMDD."];
        if (skip < 0)
            errors["skip"] = ["skip is 0 or more."];
        if (take is < 1 or > 1000)
            errors["take"] = ["take is 1 to 1000."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var found = await store.FindAsync(
            new WorklistFilter
            {
                Criteria = new()
                {
                    Statuses = statuses, Modalities = modality is { Length: > 0 } ? modality : null, DateFrom = days.From, DateTo = days.To,
                    PatientId = patientId, AccessionNumber = accessionNumber,
                },
                Skip = skip,
                Take = take + 1,
            },
            cancellationToken);
        return TypedResults.Ok(new WorklistPage(found.Count > take ? [.. found.Take(take)] : found, skip, take, found.Count > take));
    }

    private static async Task<Results<Ok<WorklistItem>, ProblemHttpResult>> GetAsync(
        string accession, IWorklistStore store, CancellationToken cancellationToken) =>
        await store.GetAsync(accession, cancellationToken) is { } item ? TypedResults.Ok(item) : NoSuchOrder(accession);

    private static async Task<Results<Created<WorklistItem>, Ok<WorklistItem>, ValidationProblem, ProblemHttpResult>> AddAsync(
        NewOrder order, IWorklistStore store, SidecarSettings settings, CancellationToken cancellationToken)
    {
        var item = NewOrderCheck.Of(order, settings.StationAetFor, out var errors);
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var outcome = await store.AddAsync(item, cancellationToken);
        return outcome.Result switch
        {
            AddResult.Created => TypedResults.Created($"/api/worklist/{Uri.EscapeDataString(item.AccessionNumber)}", outcome.Item),
            AddResult.SameMessage => TypedResults.Ok(outcome.Item),
            AddResult.Exists => TypedResults.Problem(
                $"The accession number {item.AccessionNumber} is taken; nothing was changed.", statusCode: StatusCodes.Status409Conflict),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetStatusAsync(
        string accession, [FromQuery(Name = "value")] string value, IWorklistStore store, CancellationToken cancellationToken)
    {
        if (!OrderStatuses.TryParse(value, out var status))
            return TypedResults.Problem("value is one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED.", statusCode: StatusCodes.Status400BadRequest);
        return await store.UpdateStatusAsync(accession, status, cancellationToken) ? TypedResults.NoContent() : NoSuchOrder(accession);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        string accession, IWorklistStore store, CancellationToken cancellationToken) =>
        await store.RemoveAsync(accession, cancellationToken) ? TypedResults.NoContent() : NoSuchOrder(accession);

    private static Task<Results<NoContent, ProblemHttpResult>> RemoveByQueryAsync(
        [FromQuery(Name = "accession_number")] string accessionNumber, IWorklistStore store, CancellationToken cancellationToken) =>
        RemoveAsync(accessionNumber, store, cancellationToken);

    private static ProblemHttpResult NoSuchOrder(string accession) =>
        TypedResults.Problem($"There is no order with the accession number {accession}.", statusCode: StatusCodes.Status404NotFound);
}
