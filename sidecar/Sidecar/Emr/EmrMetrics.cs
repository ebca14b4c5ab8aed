using System.Diagnostics.Metrics;
using Gantry.EmrSync.Sync;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr;

/// <summary>What the syncs with the EMR did since the start.</summary>
internal sealed class EmrMetrics : IDisposable
{
    private readonly Meter _meter = new("Gantry.EmrSync");
    private readonly Counter<long> _runs;
    private readonly Counter<long> _orders;
    private readonly Histogram<double> _seconds;
    private long _setAside;

    public EmrMetrics(TimeProvider time)
    {
        _runs = _meter.CreateCounter<long>("emr_syncs", description: "Syncs with the EMR, by who asked and how they ended");
        _orders = _meter.CreateCounter<long>("emr_orders", description: "Orders that came or changed with the EMR, by what became of them");
        _seconds = _meter.CreateHistogram<double>("emr_sync_seconds", description: "How long a sync took");
        _meter.CreateObservableGauge("emr_set_aside", () => Interlocked.Read(ref _setAside), description: "Rows that the last whole comparison could not use");
        _meter.CreateObservableGauge("emr_last_success_age_seconds", () => LastSuccess is { } last ? (time.GetUtcNow() - last).TotalSeconds : double.NaN,
            description: "How long ago a sync ended well; NaN before the first");
    }

    private DateTimeOffset? LastSuccess { get; set; }

    public void Count(EmrRun run)
    {
        _runs.Add(1, new("reason", run.Reason), new("outcome", run.Failure is null ? "synced" : "failed"));
        _seconds.Record(run.Duration.TotalSeconds, new KeyValuePair<string, object?>("reason", run.Reason == SyncRequest.Query ? "query" : "other"));
        Add("new", run.Added);
        Add("changed", run.Changed);
        Add("cancelled", run.Cancelled);
        Add("reinstated", run.Reinstated);
        if (run.Failure is not null) return;
        LastSuccess = run.StartedAt + run.Duration;
        if (run.IsWhole) Interlocked.Exchange(ref _setAside, run.SetAside);
    }

    public void Dispose() => _meter.Dispose();

    private void Add(string change, int orders)
    {
        if (orders > 0) _orders.Add(orders, new KeyValuePair<string, object?>("change", change));
    }
}
