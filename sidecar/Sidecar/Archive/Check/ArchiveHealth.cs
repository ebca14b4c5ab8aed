using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Archive.Check;

/// <summary>The archive in <c>/health</c>.</summary>
internal sealed class ArchiveHealth(SidecarSettings settings, ArchiveTest test) : IHealthProbe
{
    // Whoever asks for health asks for the worklist first: an archive that hangs must not make the answer late
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        if (!settings.Orthanc.Enabled)
            return null;
        var report = await test.RunAsync(settings.Web.HealthTimeout < Longest ? settings.Web.HealthTimeout : Longest, cancellationToken);
        var (worst, details) = (report.Worst(), report.Notes.Count > 0 ? report.Notes : null);
        var milliseconds = report.Steps.Sum(step => step.Milliseconds);
        return worst is null
            ? new("archive", HealthReport.Healthy, milliseconds, Details: details)
            : new("archive", HealthReport.Degraded, milliseconds, worst.Phase, $"{worst.Name}: {worst.Detail}", details);
    }
}
