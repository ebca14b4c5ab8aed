using Gantry.Sidecar.Relay;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Forwarding;

/// <summary><c>/api/forwarding</c>: how forwarding stands, and what the cloud refused.</summary>
internal static class ForwardingEndpoints
{
    public static void MapForwarding(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/forwarding").WithTags("Forwarding");
        group.MapGet("", StatusAsync).WithName("GetForwarding").WithSummary("What waits for the cloud, what it refused, and whether it can be reached.");
        group.MapGet("/parked", ParkedAsync).WithName("ListParkedMessages").WithSummary("Messages that the cloud refused, newest first, with its reasons.")
            .ProducesValidationProblem();
        group.MapPost("/parked/replay", ReplayAllAsync).WithName("ReplayParkedMessages").WithSummary("Sends all refused messages again.");
        group.MapPost("/parked/{id:long}/replay", ReplayAsync).WithName("ReplayParkedMessage").WithSummary("Sends a refused message again.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/parked/{id:long}", DropAsync).WithName("DropParkedMessage").WithSummary("Deletes a refused message for good.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ForwardingStatus>> StatusAsync(
        IWorklistStore store, SidecarSettings settings, IServiceProvider services, CancellationToken cancellationToken)
    {
        var statistics = await store.OutboxStatisticsAsync(OutboxTarget.Cloud, cancellationToken);
        var link = services.GetService<CloudLink>();
        return TypedResults.Ok(new ForwardingStatus(
            settings.Relay.IsConfigured(), settings.Forwarding.Paused, statistics.Pending, statistics.Parked, statistics.OldestPending,
            services.GetService<ForwardingMetrics>()?.Delivered ?? 0, link?.LastSuccess, link?.Outage,
            services.GetService<ActionListener>()?.Status is { } status
                ? new(status.IsRegistered, status.Registrations, status.Answered, status.LastHeard, status.LastFailure?.Message) : null));
    }

    private static async Task<Results<Ok<IReadOnlyList<ParkedMessage>>, ValidationProblem>> ParkedAsync(
        IWorklistStore store, CancellationToken cancellationToken, [FromQuery(Name = "take")] int take = 100)
    {
        if (take is < 1 or > 1000)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["take"] = ["take is 1 to 1000."] });
        var parked = await store.ParkedAsync(OutboxTarget.Cloud, take, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ParkedMessage>>([.. parked.Select(entry => new ParkedMessage(
            entry.Id, entry.Kind, entry.OrderKey, entry.EventKey, entry.Attempts, entry.CreatedAt, entry.ParkedReason))]);
    }

    private static async Task<Ok<ReplayReport>> ReplayAllAsync(IWorklistStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ReplayReport(await store.UnparkAllAsync(OutboxTarget.Cloud, cancellationToken)));

    private static async Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(long id, IWorklistStore store, CancellationToken cancellationToken) =>
        await store.UnparkAsync(id, cancellationToken) ? TypedResults.NoContent() : NoSuchMessage(id);

    private static async Task<Results<NoContent, ProblemHttpResult>> DropAsync(long id, IWorklistStore store, CancellationToken cancellationToken) =>
        await store.DropParkedAsync(id, cancellationToken) ? TypedResults.NoContent() : NoSuchMessage(id);

    private static ProblemHttpResult NoSuchMessage(long id) =>
        TypedResults.Problem($"No message {id} is set aside.", statusCode: StatusCodes.Status404NotFound);
}
