using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr;

/// <summary>The EMR in <c>/health</c>: its last sync is the proof. Modalities are served without it.</summary>
internal sealed class EmrHealth(EmrOverview overview, SidecarSettings settings, TimeProvider time) : IHealthProbe
{
    private const string Name = "EMR sync";

    // A sync in another process, or one that takes long, is not late yet
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await overview.StatusAsync(cancellationToken);
            if (status.LastRun is not { } last)
                return new(Name, HealthReport.Healthy, 0, Details: ["No sync has ended yet."]);
            string[] details =
            [
                FormattableString.Invariant($"Last sync at {last.StartedAt:yyyy-MM-dd HH:mm:ss}Z read {last.Read} rows; {status.SetAside} rows are set aside, {status.WriteBacksPending} write-backs wait, {status.WriteBacksParked} were refused."),
            ];
            if (last.Failure is { } failure)
            {
                var colon = failure.IndexOf(": ", StringComparison.Ordinal);
                return colon < 0 ? new(Name, HealthReport.Degraded, last.Milliseconds, "compare", failure, details)
                    : new(Name, HealthReport.Degraded, last.Milliseconds, failure[..colon], failure[(colon + 2)..], details);
            }
            return !status.Running && SyncTimes.Parse(settings.EmrSync.Schedule).After(last.StartedAt, time.LocalTimeZone) is { } due && due + Grace < time.GetUtcNow()
                ? new(Name, HealthReport.Degraded, 0, "schedule", "No sync ran when it was due; the gateway's log says why.", details)
                : new(Name, HealthReport.Healthy, last.Milliseconds, Details: details);
        }
        catch (WorklistStoreException error)
        {
            return new(Name, HealthReport.Degraded, 0, "store", error.Message);
        }
    }
}
