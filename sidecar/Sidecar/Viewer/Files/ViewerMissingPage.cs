using System.Net;

namespace Gantry.Sidecar.Viewer.Files;

/// <summary>What a browser sees while there is no viewer: what is missing, and how to get it.</summary>
internal static class ViewerMissingPage
{
    public static async Task WriteAsync(HttpContext context, string folder)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>The viewer is not installed - Gantry</title></head>
            <body><main><h1>The viewer is not installed</h1>
            <p>The folder <code>{WebUtility.HtmlEncode(folder)}</code> holds no prepared viewer. Images are stored and the worklist is served all the same.</p>
            <p>On this machine: <code>compose/viewer</code> fetches OHIF with npm and prepares it; then load this page again. Nothing needs to be restarted.</p>
            </main></body></html>
            """, context.RequestAborted);
    }
}
