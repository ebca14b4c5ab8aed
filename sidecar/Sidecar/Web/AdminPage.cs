using System.Reflection;
using System.Security.Cryptography;

namespace Gantry.Sidecar.Web;

/// <summary>The admin page, the page to try the API, and their files, which travel inside the program.</summary>
internal static class AdminPage
{
    public static void MapAdminPage(this IEndpointRouteBuilder routes)
    {
        routes.MapFile("/", "index.html", "text/html; charset=utf-8");
        routes.MapFile("/admin.css", "admin.css", "text/css; charset=utf-8");
        routes.MapFile("/admin.js", "admin.js", "text/javascript; charset=utf-8");
        routes.MapFile("/api", "api.html", "text/html; charset=utf-8");
        routes.MapFile("/api.css", "api.css", "text/css; charset=utf-8");
        routes.MapFile("/api.js", "api.js", "text/javascript; charset=utf-8");
        routes.MapFile("/favicon.svg", "favicon.svg", "image/svg+xml");
    }

    private static void MapFile(this IEndpointRouteBuilder routes, string path, string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Pages/" + name)
            ?? throw new InvalidOperationException($"The program lacks its page {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        routes.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(bytes, contentType, entityTag: tag);
        }).ExcludeFromDescription();
    }
}
