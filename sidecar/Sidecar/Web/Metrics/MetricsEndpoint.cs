namespace Gantry.Sidecar.Web;

/// <summary><c>/metrics</c> for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Made now and not by the first scrape, so that what features count is counted from the start
        var metrics = routes.ServiceProvider.GetRequiredService<MetricsText>();
        routes.MapGet(
            "/metrics",
            async (CancellationToken cancellationToken) =>
                TypedResults.Text(await metrics.WriteAsync(cancellationToken), "text/plain; version=0.0.4"))
            .WithTags("Health").WithSummary("Numbers in Prometheus' text format.");
    }
}
