using Gantry.Sidecar.Auditing;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// <c>.../parked</c>: what the other side refused, to be looked at, sent again or let go. <c>.../waiting</c>: what it was not told yet.
/// </summary>
internal static class OutboxEndpoints
{
    /// <summary>Maps them for one target.</summary>
    /// <param name="group">The path before <c>/parked</c> and <c>/waiting</c>.</param>
    /// <param name="target">Whose messages.</param>
    /// <param name="what">One of them, as the operations' names say it.</param>
    public static void MapOutbox(this RouteGroupBuilder group, OutboxTarget target, string what)
    {
        group.AddEndpointFilter<RouteGroupBuilder, AdministrationAudit>();
        group.MapGet("/parked", ListAsync).WithName($"ListParked{what}s").WithSummary("Messages that were refused, newest first, with the reasons.")
            .ProducesValidationProblem().ShowsPatients();
        group.MapPost("/parked/replay", ReplayAllAsync).WithName($"ReplayParked{what}s").WithSummary("Sends all refused messages again.");
        group.MapPost("/parked/{id:long}/replay", ReplayAsync).WithName($"ReplayParked{what}").WithSummary("Sends a refused message again.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/parked/{id:long}", DropAsync).WithName($"DropParked{what}").WithSummary("Deletes a refused message for good.")
            .ProducesProblem(StatusCodes.Status404NotFound);

        group.MapGet("/waiting", WaitingAsync).WithName($"ListWaiting{what}s").WithSummary("Messages that wait, oldest first, with the reasons of those that failed.")
            .ProducesValidationProblem().ShowsPatients();
        group.MapDelete("/waiting/{id:long}", LetGoAsync).WithName($"DropWaiting{what}")
            .WithSummary("Deletes a waiting message for good, so that those behind it in its exam go on.").ProducesProblem(StatusCodes.Status404NotFound);

        Task<Results<Ok<IReadOnlyList<ParkedMessage>>, ValidationProblem>> ListAsync(
            IWorklistStore store, CancellationToken cancellationToken, [FromQuery(Name = "take")] int take = 100) =>
            ShownAsync(take, () => store.ParkedAsync(target, take, cancellationToken));

        Task<Results<Ok<IReadOnlyList<ParkedMessage>>, ValidationProblem>> WaitingAsync(
            IWorklistStore store, CancellationToken cancellationToken, [FromQuery(Name = "take")] int take = 100) =>
            ShownAsync(take, () => store.WaitingAsync(target, take, cancellationToken));

        async Task<Results<NoContent, ProblemHttpResult>> LetGoAsync(long id, IWorklistStore store, CancellationToken cancellationToken) =>
            await store.LetGoAsync(target, id, cancellationToken) ? TypedResults.NoContent()
                : TypedResults.Problem($"No message {id} waits.", statusCode: StatusCodes.Status404NotFound);

        async Task<Ok<ReplayReport>> ReplayAllAsync(IWorklistStore store, CancellationToken cancellationToken) =>
            TypedResults.Ok(new ReplayReport(await store.UnparkAllAsync(target, cancellationToken)));

        async Task<Results<NoContent, ProblemHttpResult>> ReplayAsync(long id, IWorklistStore store, CancellationToken cancellationToken) =>
            await store.UnparkAsync(target, id, cancellationToken) ? TypedResults.NoContent() : NoSuchMessage(id);

        async Task<Results<NoContent, ProblemHttpResult>> DropAsync(long id, IWorklistStore store, CancellationToken cancellationToken) =>
            await store.DropParkedAsync(target, id, cancellationToken) ? TypedResults.NoContent() : NoSuchMessage(id);
    }

    private static async Task<Results<Ok<IReadOnlyList<ParkedMessage>>, ValidationProblem>> ShownAsync(int take, Func<Task<IReadOnlyList<OutboxEntry>>> read)
    {
        if (take is < 1 or > 1000)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["take"] = ["take is 1 to 1000."] });
        return TypedResults.Ok<IReadOnlyList<ParkedMessage>>([.. (await read()).Select(entry => new ParkedMessage(
            entry.Id, entry.Kind, entry.OrderKey, entry.EventKey, entry.Attempts, entry.CreatedAt, entry.ParkedReason ?? entry.LastError))]);
    }

    private static ProblemHttpResult NoSuchMessage(long id) =>
        TypedResults.Problem($"No message {id} is set aside.", statusCode: StatusCodes.Status404NotFound);
}
