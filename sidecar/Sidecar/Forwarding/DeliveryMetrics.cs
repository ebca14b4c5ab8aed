using System.Diagnostics.Metrics;

namespace Gantry.Sidecar.Forwarding;

/// <summary>What was delivered to one target and what was not, since the start.</summary>
internal sealed class DeliveryMetrics : IDisposable
{
    private readonly Meter _meter = new("Gantry.Forwarding");
    private readonly Counter<long> _messages;
    private long _delivered;

    public DeliveryMetrics(DeliveryRoute route, DeliveryLink link)
    {
        _messages = _meter.CreateCounter<long>(route.Metrics.Attempts, description: $"{route.Peer} is told: attempts, by what came of them");
        _meter.CreateObservableGauge(route.Metrics.IsUp, () => link.Outage is null ? 1 : 0, description: $"{route.Peer} is told: 0 while it cannot be reached");
    }

    /// <summary>Messages delivered since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    public void Count(string kind, Verdict verdict)
    {
        if (verdict is Verdict.Delivered)
            Interlocked.Increment(ref _delivered);
        _messages.Add(1, new("kind", kind), new("outcome", verdict switch
        {
            Verdict.Delivered => "delivered",
            Verdict.Gone => "gone",
            Verdict.Refused => "refused",
            Verdict.Trouble => "failed",
            Verdict.Later => "delayed",
            _ => "unreachable",
        }));
    }

    public void Dispose() => _meter.Dispose();
}
