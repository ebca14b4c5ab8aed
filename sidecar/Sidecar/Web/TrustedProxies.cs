using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.HttpOverrides;

namespace Gantry.Sidecar.Web;

/// <summary>Believes a proxy that ends TLS before us where a browser is and how it asked; nobody else is believed.</summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app, WebOptions web)
    {
        if (web.TrustedProxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var text in web.TrustedProxies)
        {
            if (AddressRange.TryParse(text, out var range))
                options.KnownIPNetworks.Add(range.Network);
        }
        app.UseForwardedHeaders(options);
    }
}
