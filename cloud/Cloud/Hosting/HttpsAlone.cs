namespace Gantry.Cloud.Hosting;

/// <summary>
/// Outside demo mode cookies travel by https alone. A browser that comes by http is told so, and how to mend it; health checks and the
/// relay, which need no cookie, answer.
/// </summary>
internal static class HttpsAlone
{
    private const string Sentence =
        "These pages are served by https alone, because whoever listens on the way could take a sign-in over.\n"
        + "Set CLOUD_TLS_CERTIFICATE and CLOUD_TLS_PRIVATE_KEY (compose/certificates makes a pair to try with), or CLOUD_TRUSTED_PROXIES if a proxy "
        + "ends TLS before this program, and start it again.\n";

    /// <summary>Refuses what came by http with 403 and a sentence.</summary>
    public static void UseHttpsAlone(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.IsHttps || context.Request.IsOfMachines())
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(Sentence, context.RequestAborted);
    });
}
