using System.Net;
using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Archive;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.ChangeFeed;
using Gantry.Sidecar.Emr;
using Gantry.Sidecar.Emr.WriteBack;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Viewer;
using Microsoft.AspNetCore.HostFiltering;

namespace Gantry.Sidecar.Web;

/// <summary>The web side as a whole: what it needs, where it listens, what it serves.</summary>
internal static class Pages
{
    public static void AddPages(this IServiceCollection services, SidecarSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => WebJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<Failures>();
        services.AddApiDescription();
        services.AddRequestLimit(settings.Web);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<MetricsText>();
        services.AddHostedService<WebAnnouncement>();
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = AllowedHosts(settings.Web));
    }

    /// <exception cref="SettingsException">The files of <c>Web:Tls</c> cannot be used.</exception>
    public static void ListenForBrowsers(this ConfigureWebHostBuilder web, SidecarSettings settings, TimeProvider time)
    {
        var certificate = WebCertificate.Open(settings.Web.Tls, time);
        // The images' ASPNETCORE_HTTP_PORTS would only earn a warning: the settings decide
        web.UseSetting(WebHostDefaults.HttpPortsKey, null).UseSetting(WebHostDefaults.ServerUrlsKey, null);
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            foreach (var address in settings.Web.Addresses())
                kestrel.Listen(address, settings.Web.Port, listen => certificate?.Protect(listen));
            foreach (var address in settings.Viewer.Enabled ? settings.Viewer.Addresses() : [])
                ViewerPort.Listen(kestrel, address, settings.Viewer.Port, certificate);
        });
    }

    public static void MapPages(this WebApplication app, SidecarSettings settings)
    {
        app.UseTrustedProxies(settings.Web);
        app.UseExceptionHandler();
        app.UseViewer(settings);
        app.UseHostFiltering();
        app.UseStatusCodePages();
        app.UseSecurityHeaders();
        app.UseOwnOrigin();
        app.UseAccounts(settings, AccountRole.Admin);
        app.UseRateLimiter();
        app.UseMiddleware<ViewAudit>();
        app.MapWorklist();
        app.MapState();
        app.MapArchive();
        app.MapChangeFeed();
        app.MapForwarding();
        app.MapEmr();
        app.MapWriteBacks();
        app.MapAccount();
        app.MapHealth();
        app.MapMetrics();
        app.MapAdminPage();
        app.MapOpenApi("/openapi/{documentName}.json");
    }

    /// <summary>
    /// Names a browser may use. Without them, a page of a stranger could make its own name point at 127.0.0.1 and read the
    /// worklist through the browser of somebody who sits here (DNS rebinding).
    /// </summary>
    private static string[] AllowedHosts(WebOptions web) =>
        web.AllowedHosts.Count > 0 ? [.. web.AllowedHosts]
        : web.Addresses().All(IPAddress.IsLoopback) ? ["localhost", "127.0.0.1", "[::1]"]
        : ["*"];
}
