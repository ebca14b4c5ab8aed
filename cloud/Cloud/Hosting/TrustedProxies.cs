using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Gantry.Cloud.Hosting;

/// <summary>Believes the proxies of the settings, and nobody else, where a browser is and how it asked.</summary>
internal static class TrustedProxies
{
    private const string Name = "CLOUD_TRUSTED_PROXIES";

    /// <summary>What is believed; null where no proxy is set.</summary>
    /// <exception cref="SettingsException">One is no address.</exception>
    public static ForwardedHeadersOptions? Read(IConfiguration configuration)
    {
        if (configuration[Name] is not { Length: > 0 } text)
            return null;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(one, out var address))
                options.KnownProxies.Add(address);
            else if (System.Net.IPNetwork.TryParse(one, out var network))
                options.KnownIPNetworks.Add(network);
            else
                throw new SettingsException($"{Name}: '{one}' is neither an address nor a network such as 10.0.0.0/8.");
        }
        return options;
    }
}
