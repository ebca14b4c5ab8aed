using Microsoft.Net.Http.Headers;

namespace Gantry.Sidecar.Web;

/// <summary>
/// Refuses what a page of somebody else sends here through a visitor's browser (CSRF). Browsers say where a request comes from, and
/// scripts and Orthanc's web hook say nothing. A page on another port of this machine is somebody else too.
/// </summary>
internal static class OwnOrigin
{
    public static void UseOwnOrigin(this IApplicationBuilder app) => app.Use((context, next) =>
        IsForeign(context.Request)
            ? TypedResults.Problem("This request comes from a page of another site.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context)
            : next(context));

    private static bool IsForeign(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return false;
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site.ToString() is not ("same-origin" or "none");
        return request.Headers.TryGetValue(HeaderNames.Origin, out var origin)
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
