using Gantry.EmrSync.Sync;
using Gantry.Sidecar.Auditing;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Emr;

/// <summary><c>/api/emr</c>: how the sync with the EMR stands, and a sync on demand.</summary>
internal static class EmrEndpoints
{
    public static void MapEmrEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/emr").WithTags("EMR").AddEndpointFilter<RouteGroupBuilder, AdministrationAudit>();
        group.MapGet("", StatusAsync).WithName("GetEmr").WithSummary("How the sync with the EMR stands, and when the next one is due.");
        group.MapGet("/runs", RunsAsync).WithName("ListEmrRuns").WithSummary("The last syncs, newest first.").ProducesValidationProblem();
        group.MapGet("/set-aside", SetAsideAsync).WithName("ListEmrSetAside").WithSummary("Rows of the EMR that cannot become orders, with the reason.")
            .ShowsPatients();
        group.MapPost("/sync", SyncAsync).WithName("SyncEmr").WithSummary("Syncs with the EMR now, and answers when that is done.")
            .WithDescription("whole=true compares every row of the days, also those that could not be used before; accept_missing=true believes the EMR "
                + "even if most orders are gone from it at once.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static async Task<Ok<EmrStatus>> StatusAsync(EmrOverview overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(await overview.StatusAsync(cancellationToken));

    private static async Task<Results<Ok<IReadOnlyList<EmrRunReport>>, ValidationProblem>> RunsAsync(
        EmrOverview overview, CancellationToken cancellationToken, [FromQuery(Name = "take")] int take = 20)
    {
        if (take is < 1 or > 100)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["take"] = ["take is 1 to 100."] });
        return TypedResults.Ok(await overview.RunsAsync(take, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<SetAsideItem>>> SetAsideAsync(EmrOverview overview, CancellationToken cancellationToken) =>
        TypedResults.Ok(await overview.SetAsideAsync(cancellationToken));

    private static async Task<Results<Ok<EmrRunReport>, ProblemHttpResult>> SyncAsync(
        IServiceProvider services, CancellationToken cancellationToken, [FromQuery(Name = "whole")] bool whole = false,
        [FromQuery(Name = "accept_missing")] bool acceptMissing = false)
    {
        if (services.GetService<OrderRuns>() is not { } runs)
            return TypedResults.Problem("No EMR is set: set EMR_SERVER, or EMR_DSN, and EmrSync:Preset.", statusCode: StatusCodes.Status409Conflict);
        var run = await runs.StartAsync(new("api", whole || acceptMissing ? SyncScope.Whole : SyncScope.Due, acceptMissing)).WaitAsync(cancellationToken);
        return run.Failure is { } failure
            ? TypedResults.Problem(failure, statusCode: StatusCodes.Status502BadGateway)
            : TypedResults.Ok(EmrRunReport.Of(run));
    }
}
