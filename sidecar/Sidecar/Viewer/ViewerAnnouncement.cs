using System.Net;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Viewer.Files;

namespace Gantry.Sidecar.Viewer;

/// <summary>Says at the start whether the viewer can be served, and who can see it.</summary>
internal sealed class ViewerAnnouncement(SidecarSettings settings, ViewerFolder folder, ILogger<ViewerAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (folder.Current is { } files)
            Log.ViewerServed(logger, files.Version, settings.Viewer.Port);
        else
            Log.ViewerMissing(logger, folder.Path);
        if (!settings.Accounts.Enabled && !Hosting.BindAddresses.InContainer && settings.Viewer.Addresses().Any(address => !IPAddress.IsLoopback(address)))
            Log.ViewerIsOpen(logger, settings.Viewer.Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
