using Gantry.Sidecar.Health;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Delivery to the cloud in <c>/health</c>: its last attempts are the proof.</summary>
internal sealed class ForwardingHealth(CloudLink link, IWorklistStore store) : IHealthProbe
{
    private const string Name = "forwarding";

    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var statistics = await store.OutboxStatisticsAsync(OutboxTarget.Cloud, cancellationToken);
            string[] details = [FormattableString.Invariant($"{statistics.Pending} messages wait for the cloud, {statistics.Parked} are set aside.")];
            if (link.Outage is { } outage)
                return new(Name, HealthReport.Degraded, 0, outage.Phase, outage.Reason, details);
            return statistics.Parked > 0
                ? new(Name, HealthReport.Degraded, 0, "await reply", "The cloud has refused messages; see /api/forwarding/parked.", details)
                : new(Name, HealthReport.Healthy, 0, Details: details);
        }
        catch (WorklistStoreException error)
        {
            return new(Name, HealthReport.Degraded, 0, "store", error.Message);
        }
    }
}
