using System.Globalization;
using System.Threading.RateLimiting;
using Gantry.Cloud.Hosting;
using Microsoft.AspNetCore.RateLimiting;

namespace Gantry.Cloud.Accounts;

/// <summary>How much one network address may ask in a minute, and what it is told then. Probes and the relay's connections are not counted.</summary>
internal static class RequestLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static PartitionedRateLimiter<HttpContext> Of(int requestsPerMinute) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        requestsPerMinute == 0 || context.Request.IsOfMachines()
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = requestsPerMinute, Window = Window, QueueLimit = 0 }));

    public static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        // The sign-in has a page of its own for this
        if (context.Request.Path.StartsWithSegments("/sign-in"))
            return;
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await TypedResults.Problem("Too many requests in a minute from this network address; wait as long as Retry-After says.",
                statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
            return;
        }
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("Too many requests in a minute from this network address. Wait a minute and load the page again.", cancellationToken);
    }
}
