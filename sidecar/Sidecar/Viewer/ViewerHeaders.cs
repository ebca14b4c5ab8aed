using Gantry.Sidecar.Viewer.Files;

namespace Gantry.Sidecar.Viewer;

/// <summary>Headers that keep a browser from doing more with the viewer than it is for, and let OHIF do what it must.</summary>
internal static class ViewerHeaders
{
    /// <summary>Adds them to every answer of the viewer's port.</summary>
    public static void UseViewerHeaders(this IApplicationBuilder app)
    {
        var folder = app.ApplicationServices.GetRequiredService<ViewerFolder>();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy(ScriptsOf(context.Request.Path, folder));
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            // A page of its own process group, which gives the decoders shared memory
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return next(context);
        });
    }

    // A script file's own policy counts only where it is a worker, and the decoders that run there are compiled code that makes
    // its functions from text. The page itself may not.
    private static string ScriptsOf(PathString path, ViewerFolder folder) =>
        path.Value!.EndsWith(".js", StringComparison.Ordinal) ? " 'unsafe-eval'" : folder.Current?.InlineScriptHashes ?? "";

    // OHIF's page holds small scripts of its own, known by their hashes; its decoders are WebAssembly in workers made from
    // blobs; its styles are set by script
    private static string Policy(string scripts) =>
        $"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'";
}
