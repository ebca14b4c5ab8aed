using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace Gantry.Sidecar.Viewer;

/// <summary>
/// Host names a browser may use for the viewer. Without them, a page of a stranger could make its own name point at 127.0.0.1
/// and read images through the browser of somebody who sits here (DNS rebinding).
/// </summary>
internal static class HostNames
{
    /// <summary>Those that are set; else localhost where only this machine can come, and any where others can.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<string> allowed, IEnumerable<IPAddress> addresses) =>
        allowed.Count > 0 ? allowed : addresses.All(IPAddress.IsLoopback) ? ["localhost", "127.0.0.1", "[::1]"] : ["*"];

    public static void UseHostNames(this IApplicationBuilder app, IReadOnlyList<string> hosts) =>
        app.UseMiddleware<HostFilteringMiddleware>(new Fixed(new() { AllowedHosts = [.. hosts] }));

    /// <summary>The middleware wants options that can change; these do not.</summary>
    private sealed class Fixed(HostFilteringOptions options) : IOptionsMonitor<HostFilteringOptions>
    {
        public HostFilteringOptions CurrentValue => options;

        public HostFilteringOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<HostFilteringOptions, string?> listener) => null;
    }
}
