using System.Globalization;
using System.Threading.RateLimiting;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.RateLimiting;

namespace Gantry.Sidecar.Web;

/// <summary>
/// How much one account, or one address where nobody is signed in, may ask of pages and REST in a minute. Probes and Orthanc's web hook are
/// not counted, nor is the viewer's port, where <see cref="ViewerOptions.MaximumRequests"/> holds.
/// </summary>
internal static class RequestLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRequestLimit(this IServiceCollection services, WebOptions web) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            web.RequestsPerMinute == 0 || context.Request.Path.Value is "/health" or "/metrics" or "/api/orthanc/new-instance"
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetFixedWindowLimiter(
                    context.User.Identity is { IsAuthenticated: true, Name: { } name } ? $"account {name}" : $"address {context.Connection.RemoteIpAddress}",
                    _ => new() { PermitLimit = web.RequestsPerMinute, Window = Window, QueueLimit = 0 }));
        limiter.OnRejected = (rejected, _) => RejectAsync(rejected, web.RequestsPerMinute);
    });

    private static async ValueTask RejectAsync(OnRejectedContext rejected, int most)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await TypedResults.Problem(
            string.Create(CultureInfo.InvariantCulture, $"More than {most} requests in a minute (Web:RequestsPerMinute); wait as long as Retry-After says."),
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
    }
}
