using System.Diagnostics.Metrics;

namespace Gantry.Sidecar.Forwarding;

/// <summary>What was delivered to the cloud and what was not, since the start.</summary>
internal sealed class ForwardingMetrics : IDisposable
{
    private readonly Meter _meter = new("Gantry.Forwarding");
    private readonly Counter<long> _messages;
    private long _delivered;

    public ForwardingMetrics(CloudLink link)
    {
        _messages = _meter.CreateCounter<long>("outbox_messages", description: "Attempts to deliver a message to the cloud, by what came of them");
        _meter.CreateObservableGauge("cloud_up", () => link.Outage is null ? 1 : 0, description: "0 while the cloud cannot be reached");
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
