namespace Gantry.Sidecar.Web;

/// <summary><c>/metrics</c> for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/metrics",
        async (MetricsText metrics, CancellationToken cancellationToken) =>
            TypedResults.Text(await metrics.WriteAsync(cancellationToken), "text/plain; version=0.0.4"))
        .WithTags("Health").WithSummary("Numbers in Prometheus' text format.");
}
