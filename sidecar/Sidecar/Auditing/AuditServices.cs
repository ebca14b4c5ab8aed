using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Auditing;

/// <summary>The audit trail.</summary>
internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddSingleton(provider => new Auditor(settings, provider.GetRequiredService<TimeProvider>()));
        if (!settings.Audit.IsOn())
            return;
        services.AddHostedService<AuditService>();
        services.AddSingleton<IHealthProbe, AuditHealth>();
    }
}
