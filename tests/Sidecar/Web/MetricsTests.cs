using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Tests.Wire;
using Gantry.Sidecar.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Gantry.Sidecar.Tests.Web;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task Orders_requests_and_memory_are_counted_in_prometheus_format()
    {
        await using var gateway = await RunningGateway.StartAsync("Demo:Enabled=true");
        await gateway.GetAsync("/health");
        var text = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("gantry_worklist_orders{status=\"SCHEDULED\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE gantry_dicom_requests_total counter\n", text, StringComparison.Ordinal);
        Assert.Matches(@"gantry_process_resident_memory_bytes [1-9]", text);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task A_meter_of_a_feature_is_shown_with_its_labels_and_buckets()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        using var meter = new Meter("Gantry.Example");
        meter.CreateCounter<long>("example_things", description: "Things").Add(2, new KeyValuePair<string, object?>("kind", "a\"b"));
        var histogram = meter.CreateHistogram<double>("example_seconds", description: "Time");
        histogram.Record(0.002);
        histogram.Record(70);
        var text = await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("gantry_example_things_total{kind=\"a\\\"b\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("gantry_example_seconds_bucket{le=\"0.001\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("gantry_example_seconds_bucket{le=\"0.005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("gantry_example_seconds_bucket{le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("gantry_example_seconds_count 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_is_away_the_rest_is_told_and_that_it_is_away()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var broken = new MetricsText(
            FailingStore.Around(gateway.Store, _ => Gantry.Worklist.WorklistStoreFailure.CannotOpen), gateway.Services.GetRequiredService<GatewayMetrics>(), TimeProvider.System);
        var text = await broken.WriteAsync(CancellationToken.None);
        Assert.Contains("gantry_worklist_up 0\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("gantry_worklist_orders", text, StringComparison.Ordinal);
        Assert.Contains("gantry_dicom_requests_total", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_counted_before_the_first_scrape_is_told()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var meter = new Meter("Gantry.Example");
        meter.CreateCounter<long>("example_early", description: "Things").Add(3);
        Assert.Contains("gantry_example_early_total 3\n", await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[^}]*\})? -?[0-9.E+-]+)$")]
    private static partial Regex Line();
}
