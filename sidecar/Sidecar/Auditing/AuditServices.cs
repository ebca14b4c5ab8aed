using Gantry.Audit;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Auditing;

/// <summary>The audit trail.</summary>
internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddAuditTrail(settings.Audit.ToTrail(Directory.GetCurrentDirectory()), settings.Dicom.AeTitle);
        if (settings.Audit.IsOn())
            services.AddSingleton<IHealthProbe, AuditHealth>();
    }
}
