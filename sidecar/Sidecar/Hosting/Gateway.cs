using Gantry.Dicom.Network;
using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Archive;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Backup;
using Gantry.Sidecar.ChangeFeed;
using Gantry.Sidecar.Emr;
using Gantry.Sidecar.Emr.WriteBack;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Mpps;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Relay;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Storage;
using Gantry.Sidecar.Viewer;
using Gantry.Sidecar.Web;

namespace Gantry.Sidecar.Hosting;

/// <summary>The services of the gateway: one line for each feature.</summary>
internal static class Gateway
{
    /// <summary>Registers everything but the store, the clock and the logs, which are there already.</summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddSingleton(settings);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.Dicom.DrainTimeout + TimeSpan.FromSeconds(10));
        services.AddAudit(settings);
        services.AddPeers();
        services.AddDicomListener();
        services.AddPages(settings);
        services.AddHealth();
        services.AddArchive(settings);
        services.AddChangeFeed(settings);
        services.AddRelay(settings);
        services.AddForwarding(settings);
        services.AddEmr(settings);
        services.AddWriteBack(settings);
        services.AddViewer(settings);
        services.AddAccounts(settings);
        services.AddBackup(settings);

        // What the DICOM listener serves; each feature is one line
        services.AddSingleton<SopClassService, VerificationService>();
        services.AddSingleton<SopClassService, PerformedStepService>();
        services.AddSingleton<SopClassService, RefusedStorage>();
        services.AddModalityWorklist(settings);
        return services;
    }

    private static void AddPeers(this IServiceCollection services)
    {
        services.AddSingleton<PeerDirectory>();
        services.AddSingleton<KnownModalities>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownModalities>());
        services.AddSingleton<IAssociationPolicy, AllowList>();
    }

    private static void AddDicomListener(this IServiceCollection services)
    {
        services.AddSingleton<DicomListenerService>();
        services.AddHostedService(provider => provider.GetRequiredService<DicomListenerService>());
    }
}
