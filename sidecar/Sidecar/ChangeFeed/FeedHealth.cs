using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>The reading of changes in <c>/health</c>: it asks all the time, so its own last answer is the proof.</summary>
internal sealed class FeedHealth(FeedState state, SidecarSettings settings) : IHealthProbe
{
    public Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        if (!settings.Orthanc.Enabled)
            return Task.FromResult<HealthCheck?>(null);
        var outage = state.Standing.Outage;
        return Task.FromResult<HealthCheck?>(outage is null
            ? new("archive changes", HealthReport.Healthy, 0)
            : new("archive changes", HealthReport.Degraded, 0, outage.Phase, outage.Reason));
    }
}
