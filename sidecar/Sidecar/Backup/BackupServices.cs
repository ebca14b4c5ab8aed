using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Backup;

/// <summary>The daily backup and the deleting of what is old, where the settings want them.</summary>
internal static class BackupServices
{
    public static void AddBackup(this IServiceCollection services, SidecarSettings settings)
    {
        if (settings.Backup.Folder.Length == 0 && !settings.Retention.IsOn())
            return;
        services.AddSingleton<BackupState>();
        services.AddSingleton<IHealthProbe>(provider => provider.GetRequiredService<BackupState>());
        services.AddHostedService<DailyBackup>();
    }
}
