using Gantry.Sidecar.Health;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Delivery to one target in <c>/health</c>: its last attempts are the proof.</summary>
internal sealed class DeliveryHealth(DeliveryRoute route, DeliveryLink link, IWorklistStore store) : IHealthProbe
{
    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var statistics = await store.OutboxStatisticsAsync(route.Target, cancellationToken);
            string[] details = [FormattableString.Invariant($"{statistics.Pending} messages wait, {statistics.Parked} are set aside.")];
            if (link.Outage is { } outage)
                return new(route.HealthName, HealthReport.Degraded, 0, outage.Phase, outage.Reason, details);
            return statistics.Parked > 0
                ? new(route.HealthName, HealthReport.Degraded, 0, "await reply", $"{route.Peer} has refused messages; see {route.ParkedPath}.", details)
                : new(route.HealthName, HealthReport.Healthy, 0, Details: details);
        }
        catch (WorklistStoreException error)
        {
            return new(route.HealthName, HealthReport.Degraded, 0, "store", error.Message);
        }
    }
}
