using Gantry.Sidecar.Archive.Studies;
using Gantry.Sidecar.Auditing;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary><c>/api/pacs/unified-studies</c>.</summary>
internal static class UnifiedEndpoints
{
    private const int UsualPage = 50;

    public static void MapUnifiedStudies(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/pacs/unified-studies", PageAsync).WithTags("Archive").WithName("ListUnifiedStudies")
            .WithSummary("Orders and studies, joined by accession number, else by Study Instance UID.")
            .WithDescription(
                "First the orders by date, time and accession number, each with its studies; then the studies that have no order. A row is found if "
                + "its order, or one of its studies, fits all keys. What shares a number but not the patient id is not joined: both rows say so in "
                + "conflicts. While the archive is away the orders come with a note. Pages: hand the answer's next back as cursor until it is missing; "
                + "a page may be shorter than limit.")
            .ProducesArchiveProblems().ShowsPatients();

    private static async Task<Results<Ok<UnifiedPage>, ValidationProblem>> PageAsync(
        [AsParameters] StudyKeys keys, UnifiedStudies studies, TimeProvider time, CancellationToken cancellationToken,
        [FromQuery(Name = "status")] string[]? status = null, [FromQuery(Name = "has_images")] bool? hasImages = null)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var filter = keys.Read(time, errors);
        var statuses = new List<OrderStatus>();
        foreach (var word in status ?? [])
        {
            if (OrderStatuses.TryParse(word, out var known))
                statuses.Add(known);
            else
                errors["status"] = [$"status is one of {string.Join(", ", OrderStatuses.All.Select(s => s.ToText()))}."];
        }
        if (!UnifiedCursor.TryParse(keys.Cursor, out var cursor))
            errors["cursor"] = ["cursor is what the page before gave as next."];
        return errors.Count > 0
            ? TypedResults.ValidationProblem(errors)
            : TypedResults.Ok(await studies.PageAsync(new(filter, statuses, hasImages), cursor, keys.Limit ?? UsualPage, cancellationToken));
    }
}
