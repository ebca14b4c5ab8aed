using System.Net;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Gantry.Sidecar.Web;

/// <summary>Logs where the pages are, once they are.</summary>
internal sealed class WebAnnouncement(
    IServer server, SidecarSettings settings, IHostApplicationLifetime lifetime, ILogger<WebAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
            Log.WebListening(logger, addresses);
            if (!settings.Accounts.Enabled && !BindAddresses.InContainer && settings.Web.Addresses().Any(address => !IPAddress.IsLoopback(address)))
                Log.WebIsOpen(logger, addresses);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
