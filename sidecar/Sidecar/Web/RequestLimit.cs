using System.Globalization;
using System.Threading.RateLimiting;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Web;

/// <summary>
/// How much one account, or one address where nobody is signed in, may ask of pages and REST in a minute. Probes and Orthanc's web hook are
/// not counted, nor is the viewer's port, where <see cref="ViewerOptions.MaximumRequests"/> holds.
/// </summary>
internal static class RequestLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void UseRequestLimit(this WebApplication app, WebOptions web)
    {
        if (web.RequestsPerMinute == 0)
            return;
        var limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
            context.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"account {name}" : $"address {context.Connection.RemoteIpAddress}",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = web.RequestsPerMinute, Window = Window, QueueLimit = 0 }));
        app.Lifetime.ApplicationStopped.Register(limiter.Dispose);
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.Value is "/health" or "/metrics" or "/api/orthanc/new-instance")
            {
                await next(context);
                return;
            }
            using var turn = limiter.AttemptAcquire(context);
            if (turn.IsAcquired)
            {
                await next(context);
                return;
            }
            var wait = turn.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await TypedResults.Problem(
                string.Create(CultureInfo.InvariantCulture, $"More than {web.RequestsPerMinute} requests in a minute (Web:RequestsPerMinute); wait as long as Retry-After says."),
                statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
        });
    }
}
