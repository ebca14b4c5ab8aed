using System.Net;
using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Viewer.DicomWeb;
using Gantry.Sidecar.Viewer.Files;

namespace Gantry.Sidecar.Viewer;

/// <summary>The viewer as a whole: OHIF's files and the way to Orthanc's DICOMweb, on a port of its own.</summary>
internal static class ViewerServices
{
    public static void AddViewer(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddSingleton<ViewerLinks>();
        if (!settings.Viewer.Enabled)
            return;
        services.AddSingleton(provider => new ViewerFolder(Path.GetFullPath(settings.Viewer.Folder), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ViewerFileServer>();
        services.AddSingleton<DicomWebProxy>();
        services.AddHttpClient(DicomWebProxy.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => DicomWebProxy.CreateHandler(settings.Viewer))
            // The handler keeps its connections; Orthanc's address is looked up again with each new one
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddHostedService<ViewerAnnouncement>();
    }

    /// <summary>Everything that comes by the viewer's port ends here; what comes by another port never does.</summary>
    public static void UseViewer(this WebApplication app, SidecarSettings settings)
    {
        if (!settings.Viewer.Enabled)
            return;
        var hosts = HostNames.For(settings.Viewer.AllowedHosts, settings.Viewer.Addresses());
        app.MapWhen(ViewerPort.Received, viewer =>
        {
            viewer.UseHostNames(hosts);
            viewer.UseViewerHeaders();
            viewer.UseAccounts(settings, AccountRole.Reader);
            viewer.UseMiddleware<ViewAudit>();
            viewer.UseMiddleware<DicomWebMiddleware>();
            viewer.Run(app.Services.GetRequiredService<ViewerFileServer>().ServeAsync);
        });
    }

    /// <summary>Loopback, because images are patient data; every address inside a container, where the published ports rule.</summary>
    public static IEnumerable<IPAddress> Addresses(this ViewerOptions viewer) =>
        viewer.BindAddresses.Count > 0 ? viewer.BindAddresses.Select(IPAddress.Parse)
        : [Hosting.BindAddresses.InContainer ? IPAddress.Any : IPAddress.Loopback];
}
