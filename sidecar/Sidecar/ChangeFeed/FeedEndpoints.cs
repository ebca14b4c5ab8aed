using System.Text.Json.Serialization;
using Gantry.Sidecar.Archive;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>Orthanc's web hook, and reading the archive's changes from outside.</summary>
internal static class FeedEndpoints
{
    /// <summary>How long the status waits for Orthanc's newest number; without it the rest is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void MapChangeFeed(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/orthanc").WithTags("Archive");
        group.MapPost("/new-instance", NewInstance).WithName("TellNewInstance")
            .WithSummary("Orthanc's web hook: something new is stored. Only wakes the reader up; what the body says is not looked at.");
        group.MapPost("/sync-all", SyncAll).WithName("SyncAll")
            .WithSummary("Reads all changes of the archive once more; what was not forwarded yet is.").ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddEndpointFilter<RouteHandlerBuilder, AdministrationAudit>();
        group.MapGet("/sync-status", StatusAsync).WithName("GetSyncStatus").WithSummary("How far the archive's changes were read, and how a sync-all goes.");
    }

    private static NoContent NewInstance(ChangeWakeUp wakeUp)
    {
        wakeUp.Wake();
        return TypedResults.NoContent();
    }

    private static Results<Accepted<FullSyncReport>, ProblemHttpResult> SyncAll(FullSync sync, SidecarSettings settings) =>
        settings.Orthanc.Enabled ? TypedResults.Accepted("/api/orthanc/sync-status", sync.Start()) : ArchiveProblems.SwitchedOff();

    private static async Task<Ok<FeedStatus>> StatusAsync(
        FeedState state, FullSync sync, OrthancClient orthanc, SidecarSettings settings, CancellationToken cancellationToken)
    {
        long? newest = null;
        if (settings.Orthanc.Enabled)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                newest = await orthanc.Changes.GetLastSequenceAsync(limit.Token);
            }
            catch (Exception error) when (error is OrthancException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The outage is told below
            }
        }
        var standing = state.Standing;
        // Between the two the reader may have gone on
        var behind = newest is null || standing.Position is null ? (long?)null : Math.Max(0, newest.Value - standing.Position.Value);
        return TypedResults.Ok(new FeedStatus(
            settings.Orthanc.Enabled, settings.Relay.IsConfigured(), standing.Position, newest, behind, standing.ChangesRead, standing.ImagesSeen,
            standing.ImagesEnqueued, standing.LastChangeAt, standing.Outage, sync.Report));
    }
}

/// <summary>How the reading stands.</summary>
/// <param name="Enabled">False where this gateway has no archive.</param>
/// <param name="Forwarding">True if images go to a cloud.</param>
/// <param name="Position">Number of the last change that was done with.</param>
/// <param name="Newest">Number of the archive's newest change; null if it does not say.</param>
/// <param name="Behind">Changes still to be read, at most; deleted ones have left gaps.</param>
/// <param name="ChangesRead">Changes read since the start.</param>
/// <param name="ImagesSeen">New images among them.</param>
/// <param name="ImagesEnqueued">Those of them that go to the cloud.</param>
/// <param name="LastChangeAt">When the last change was read.</param>
/// <param name="Outage">Why nothing can be read; null if all is well.</param>
/// <param name="FullSync">The last sync-all; null if there was none.</param>
internal sealed record FeedStatus(
    bool Enabled, bool Forwarding, long? Position, long? Newest, long? Behind, long ChangesRead, long ImagesSeen, long ImagesEnqueued,
    DateTimeOffset? LastChangeAt, FeedOutage? Outage, FullSyncReport? FullSync);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedStatus))]
[JsonSerializable(typeof(FullSyncReport))]
internal sealed partial class FeedJson : JsonSerializerContext;
