using System.Net;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>What all associations of a listener share.</summary>
internal sealed record AssociationHost(
    DicomListenerOptions Options, ServiceRegistry Services, Negotiator Negotiator, IAssociationPolicy Policy,
    AssociationLimits Limits, ListenerCounters Counters, ILogger Logger, TimeProvider Time)
{
    /// <summary>Bounds what peers can make us log.</summary>
    public LogQuota LogQuota { get; } = new(Logger, Time, Options.LogLinesPerPeer);

    /// <summary>Bounds what peers can make us hold.</summary>
    public ReceiveBudget Budget { get; } = new(Math.Max(Options.MaximumReceivedLength, Options.MaximumDatasetLength));

    private long _lastId;
    private volatile bool _isStopping;

    /// <summary>True once the listener stops: new associations are turned away.</summary>
    public bool IsStopping
    {
        get => _isStopping;
        set => _isStopping = value;
    }

    /// <summary>For a line that a peer causes: the log, or nothing if the peer has caused enough of them.</summary>
    public ILogger LoggerFor(IPAddress peer, LogLevel level) => LogQuota.For(peer, level);

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>The moment that lies <paramref name="timeout"/> ahead, as a timestamp.</summary>
    public long Deadline(TimeSpan timeout) =>
        Time.GetTimestamp() + (long)(timeout.TotalSeconds * Time.TimestampFrequency);
}
