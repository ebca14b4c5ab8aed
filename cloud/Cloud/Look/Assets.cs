using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Gantry.Cloud.Look;

/// <summary>Style sheets and scripts, read once; their addresses carry their content's hash, so that browsers keep them for ever.</summary>
internal sealed partial class Assets
{
    private const string Nhs = "nhsuk.css";

    private readonly Dictionary<string, (byte[] Content, string Type, string Hash)> _files = new(StringComparer.Ordinal);

    public Assets(IWebHostEnvironment environment, ILogger<Assets> logger)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Look/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            Add(name["Look/".Length..], memory.ToArray());
        }
        var nhs = Path.Combine(environment.ContentRootPath, "node_modules", "nhsuk-frontend", "dist", "nhsuk", "nhsuk-frontend.min.css");
        if (File.Exists(nhs))
            Add(Nhs, Encoding.UTF8.GetBytes(FromOutside().Replace(File.ReadAllText(nhs), "")));
        else
            Log.StyleSheetMissing(logger, environment.ContentRootPath);
    }

    /// <summary>The address of a file; null when it is not there.</summary>
    public string? Address(string name) => _files.TryGetValue(name, out var file) ? $"/assets/{file.Hash}/{name}" : null;

    public IResult Serve(HttpContext context, string hash, string name)
    {
        if (!_files.TryGetValue(name, out var file) || file.Hash != hash)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Content, file.Type);
    }

    private void Add(string name, byte[] content) => _files[name] = (content, Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/javascript; charset=utf-8",
    }, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);

    /// <summary>The fonts, and where to find a map of the source: nothing is fetched from elsewhere.</summary>
    [GeneratedRegex(@"@font-face\{[^}]*\}|/\*# sourceMappingURL=[^*]*\*/")]
    private static partial Regex FromOutside();
}

internal static class LookServices
{
    public static void AddLook(this IServiceCollection services)
    {
        services.AddSingleton<Assets>();
        services.AddRazorPages(options =>
        {
            // Pages lie beside the feature they show
            options.RootDirectory = "/";
            options.Conventions.AuthorizeFolder("/Admin", Accounts.Roles.Admin);
        });
    }

    public static void MapLook(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/assets/{hash}/{name}", (HttpContext context, Assets assets, string hash, string name) => assets.Serve(context, hash, name))
            .AllowAnonymous();
}
