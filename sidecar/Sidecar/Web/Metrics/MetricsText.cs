using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Gantry.Worklist;

namespace Gantry.Sidecar.Web;

/// <summary>
/// Collects the instruments of Gantry's meters and writes them in Prometheus' text format, version 0.0.4. Histograms use
/// the bucket boundaries that their instrument advises, or ones that suit seconds.
/// </summary>
internal sealed class MetricsText : IDisposable
{
    private static readonly double[] Seconds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly IWorklistStore _store;
    private readonly TimeProvider _time;

    // The meter is asked for so that it exists
    public MetricsText(IWorklistStore store, GatewayMetrics metrics, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _store = store;
        _time = time;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(GatewayMetrics.Prefix, StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All metrics as text.</summary>
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await WriteOrdersAsync(text, cancellationToken);
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            foreach (var family in _families.Values)
                family.Write(text);
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Without the store everything else is still known, and that it is away is worth an alarm.</summary>
    private async Task WriteOrdersAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        WorklistStatistics? statistics = null;
        try
        {
            statistics = await _store.StatisticsAsync(cancellationToken);
        }
        catch (WorklistStoreException)
        {
            // Said by the next line; /health says why
        }
        text.Append("# HELP gantry_worklist_up 1 if the worklist could be read, else 0\n# TYPE gantry_worklist_up gauge\n");
        text.Append(CultureInfo.InvariantCulture, $"gantry_worklist_up {(statistics is null ? 0 : 1)}\n");
        if (statistics is null)
            return;
        await WriteOutboxAsync(text, cancellationToken);
        text.Append("# HELP gantry_worklist_orders Orders in each status\n# TYPE gantry_worklist_orders gauge\n");
        foreach (var status in OrderStatuses.All)
            text.Append(CultureInfo.InvariantCulture, $"gantry_worklist_orders{{status=\"{status.ToText()}\"}} {statistics.Counts.GetValueOrDefault(status)}\n");
    }

    private async Task WriteOutboxAsync(StringBuilder text, CancellationToken cancellationToken)
    {
        var oldest = new StringBuilder();
        text.Append("# HELP gantry_outbox Messages that wait or are set aside\n# TYPE gantry_outbox gauge\n");
        oldest.Append("# HELP gantry_outbox_oldest_seconds How long the oldest waits, 0 if none does\n# TYPE gantry_outbox_oldest_seconds gauge\n");
        foreach (var target in Enum.GetValues<OutboxTarget>())
        {
            OutboxStatistics outbox;
            try
            {
                outbox = await _store.OutboxStatisticsAsync(target, cancellationToken);
            }
            catch (WorklistStoreException)
            {
                return; // it went away just now; the next answer says so
            }
            text.Append(CultureInfo.InvariantCulture, $"gantry_outbox{{target=\"{target}\",state=\"pending\"}} {outbox.Pending}\n");
            text.Append(CultureInfo.InvariantCulture, $"gantry_outbox{{target=\"{target}\",state=\"parked\"}} {outbox.Parked}\n");
            var age = outbox.OldestPending is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0;
            oldest.Append(CultureInfo.InvariantCulture, $"gantry_outbox_oldest_seconds{{target=\"{target}\"}} {age:0.###}\n");
        }
        text.Append(oldest);
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (_lock)
        {
            if (!_families.TryGetValue(instrument.Name, out var family))
                _families[instrument.Name] = family = new(instrument);
            family.Record(labels, value);
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)!
                .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(labels.Length > 0 ? "," : "").Append(key).Append("=\"").Append(escaped).Append('"');
        }
        return labels.ToString();
    }

    /// <summary>One instrument with its values by label.</summary>
    private sealed class Family(Instrument instrument)
    {
        private readonly string _name = "gantry_" + instrument.Name.Replace('.', '_').Replace('-', '_');
        private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
        private readonly bool _isHistogram = instrument.GetType().GetGenericTypeDefinition() == typeof(Histogram<>);
        private readonly bool _isSum = instrument.GetType().GetGenericTypeDefinition() is var type && (type == typeof(Counter<>) || type == typeof(UpDownCounter<>));
        private readonly bool _isCounter = instrument.GetType().GetGenericTypeDefinition() is var type && (type == typeof(Counter<>) || type == typeof(ObservableCounter<>));
        private readonly IReadOnlyList<double> _bounds = instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } ? advised : Seconds;

        public void Record(string labels, double value)
        {
            if (!_series.TryGetValue(labels, out var series))
                _series[labels] = series = new(_isHistogram ? new long[_bounds.Count] : []);
            series.Count++;
            series.Value = _isHistogram || _isSum ? series.Value + value : value;
            for (var i = 0; i < series.Buckets.Length; i++)
                series.Buckets[i] += value <= _bounds[i] ? 1 : 0;
        }

        public void Write(StringBuilder text)
        {
            var name = _isCounter ? _name + "_total" : _name;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(_isHistogram ? "histogram" : _isCounter ? "counter" : "gauge")}\n");
            foreach (var (labels, series) in _series)
            {
                var braces = labels.Length > 0 ? $"{{{labels}}}" : "";
                if (!_isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {series.Value}\n");
                    continue;
                }
                var comma = labels.Length > 0 ? "," : "";
                for (var i = 0; i < series.Buckets.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{_bounds[i]}\"}} {series.Buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {series.Count}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {series.Value}\n{name}_count{braces} {series.Count}\n");
            }
        }
    }

    private sealed class Series(long[] buckets)
    {
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        public double Value { get; set; }
    }
}
