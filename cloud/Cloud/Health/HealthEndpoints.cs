using System.Text;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Live;
using Npgsql;

namespace Gantry.Cloud.Health;

/// <summary>/health for whoever watches, /metrics in the text form of Prometheus. Both hold counts and no people.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", async (CloudHealth health, CancellationToken cancellationToken) =>
        {
            var report = await health.ReportAsync(cancellationToken);
            return Results.Json(report, HealthJson.Default.HealthReport, statusCode: report.Status == "failing" ? 503 : 200);
        }).AllowAnonymous().DisableStatusPages();
        endpoints.MapGet("/metrics", MetricsAsync).AllowAnonymous().DisableStatusPages();
    }

    /// <summary>Programs read these: no page in place of what they say.</summary>
    private static RouteHandlerBuilder DisableStatusPages(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new Microsoft.AspNetCore.Mvc.SkipStatusCodePagesAttribute());

    private static async Task<IResult> MetricsAsync(
        LiveHub hub, EventListener listener, EventHandling handling, RefusedMessages refused, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        Add("gantry_live_streams", "gauge", "Open event streams", hub.Open);
        Add("gantry_live_streams_dropped_total", "counter", "Event streams ended because the browser did not keep up", hub.Dropped);
        Add("gantry_messages_total", "counter", "Messages of gateways that were answered", handling.Taken);
        Add("gantry_messages_refused_total", "counter", "Messages that could not be taken as they came", refused.Count);
        Add("gantry_relay_registered", "gauge", "1 while the listener for events is registered", listener.Status is { IsRegistered: true } ? 1 : 0);
        Add("gantry_relay_registrations_total", "counter", "Registrations of the listener", listener.Status?.Registrations ?? 0);
        Add("gantry_process_resident_memory_bytes", "gauge", "Memory of the process", Environment.WorkingSet);
        Add("gantry_process_heap_bytes", "gauge", "Managed heap in use", GC.GetTotalMemory(false));
        try
        {
            await using var query = database.Command("SELECT count(*), count(*) FILTER (WHERE failed_at IS NOT NULL) FROM gateway_actions WHERE due_at IS NOT NULL");
            await using var reader = await query.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            Add("gantry_actions_waiting", "gauge", "Actions that no gateway has confirmed yet", reader.GetInt64(0));
            Add("gantry_actions_retrying", "gauge", "Those of them that failed at least once", reader.GetInt64(1));
        }
        catch (NpgsqlException)
        {
            // /health tells that the database is away; what this instance knows by itself is told all the same
        }
        return Results.Text(text.ToString(), "text/plain; version=0.0.4");

        void Add(string name, string type, string help, long value) =>
            text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");
    }
}
