using Gantry.Audit;
using Gantry.Sidecar.Health;

namespace Gantry.Sidecar.Auditing;

/// <summary>The audit trail in <c>/health</c>: whether its messages arrive.</summary>
internal sealed class AuditHealth(Auditor auditor) : IHealthProbe
{
    public Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        string[] details = [.. auditor.States.Select(state => FormattableString.Invariant($"{state.Place}: {state.Written} messages written, {state.Dropped} dropped."))];
        var trouble = auditor.States.FirstOrDefault(state => state.Trouble is not null);
        return Task.FromResult<HealthCheck?>(trouble is null
            ? new("audit", HealthReport.Healthy, 0, Details: details)
            : new("audit", HealthReport.Degraded, 0, "store", $"The audit trail cannot be written to {trouble.Place}: {trouble.Trouble}", details));
    }
}
