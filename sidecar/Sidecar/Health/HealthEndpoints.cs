using Microsoft.AspNetCore.Http.HttpResults;

namespace Gantry.Sidecar.Health;

/// <summary><c>/health</c>, proven by traffic, and <c>/health/live</c>, which only says that the process answers.</summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services) =>
        services.AddSingleton<StoreWatch>().AddSingleton<HealthChecks>().AddSingleton<HealthMonitor>().AddHostedService<HealthWatch>()
            .AddSingleton<IHealthProbe, RoomHealth>().AddSingleton<IHealthProbe, CertificateHealth>();

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", HealthAsync).WithName("GetHealth").WithTags("Health").WithSummary("Whether modalities are served, shown by real traffic: 200 (healthy or degraded) or 503.")
            .Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/health/live", () => TypedResults.Text("alive")).WithName("GetLive").WithTags("Health").WithSummary("The process answers.");
    }

    private static async Task<JsonHttpResult<HealthReport>> HealthAsync(
        HealthMonitor monitor, HttpResponse response, CancellationToken cancellationToken)
    {
        var report = await monitor.ReportAsync(cancellationToken);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            report, Web.WebJson.Default.HealthReport,
            statusCode: report.Status == HealthReport.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
