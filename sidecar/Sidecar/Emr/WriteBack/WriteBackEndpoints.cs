using Gantry.Sidecar.Forwarding;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary><c>/api/emr/write-backs</c>: how telling the EMR stands, and what it refused.</summary>
internal static class WriteBackEndpoints
{
    public static void MapWriteBacks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/emr/write-backs").WithTags("EMR");
        group.MapGet("", StatusAsync).WithName("GetWriteBacks")
            .WithSummary("Which statuses of exams wait for the EMR, which it refused, and whether it can be reached.");
        group.MapOutbox(OutboxTarget.Emr, "WriteBack");
    }

    private static async Task<Ok<WriteBackStatus>> StatusAsync(WriteBackReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ReadAsync(cancellationToken));
}
