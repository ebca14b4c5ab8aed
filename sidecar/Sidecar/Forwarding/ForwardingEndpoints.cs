using Gantry.Sidecar.Relay;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Forwarding;

/// <summary><c>/api/forwarding</c>: how forwarding stands, and what the cloud refused.</summary>
internal static class ForwardingEndpoints
{
    public static void MapForwarding(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/forwarding").WithTags("Forwarding");
        group.MapGet("", StatusAsync).WithName("GetForwarding").WithSummary("What waits for the cloud, what it refused, and whether it can be reached.");
        group.MapOutbox(OutboxTarget.Cloud, "Message");
    }

    private static async Task<Ok<ForwardingStatus>> StatusAsync(
        IWorklistStore store, SidecarSettings settings, IServiceProvider services, CancellationToken cancellationToken)
    {
        var statistics = await store.OutboxStatisticsAsync(OutboxTarget.Cloud, cancellationToken);
        var link = services.GetKeyedService<DeliveryLink>(OutboxTarget.Cloud);
        return TypedResults.Ok(new ForwardingStatus(
            settings.Relay.IsConfigured(), settings.Forwarding.Paused, statistics.Pending, statistics.Parked, statistics.OldestPending,
            services.GetKeyedService<DeliveryMetrics>(OutboxTarget.Cloud)?.Delivered ?? 0, link?.LastSuccess, link?.Outage,
            services.GetService<ActionListener>()?.Status is { } status
                ? new(status.IsRegistered, status.Registrations, status.Answered, status.LastHeard, status.LastFailure?.Message) : null));
    }
}
