using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Dicom.Network;

/// <summary>
/// Bounds the log lines that one address can cause, so that a flood of bad connections does not fill the disk: so many a
/// minute, and then one line that says how many were left out.
/// </summary>
internal sealed class LogQuota(ILogger logger, TimeProvider time, int linesPerMinute)
{
    // Addresses beyond these within one minute share what one of them has
    private const int MaximumPeers = 4096;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Minute> _peers = [];

    /// <summary>Where one line about a peer goes: the log, or nowhere.</summary>
    public ILogger For(IPAddress peer, LogLevel level) => For(logger, peer, level);

    /// <summary>The same for a line that somebody else wants to write to a log of his own.</summary>
    public ILogger For(ILogger log, IPAddress peer, LogLevel level)
    {
        if (!log.IsEnabled(level)) return NullLogger.Instance;
        lock (_lock)
        {
            if (!_peers.TryGetValue(peer, out var minute))
            {
                if (_peers.Count >= MaximumPeers) peer = IPAddress.None;
                if (!_peers.TryGetValue(peer, out minute))
                    _peers[peer] = minute = new Minute(time.GetTimestamp() + 60 * time.TimestampFrequency);
            }
            return ++minute.Lines <= linesPerMinute ? log : NullLogger.Instance;
        }
    }

    /// <summary>Closes the minutes that are over; called about once a second.</summary>
    public void Sweep(long now)
    {
        List<(IPAddress Peer, int LeftOut)>? over = null;
        lock (_lock)
        {
            foreach (var (peer, minute) in _peers)
            {
                if (now < minute.End) continue;
                _peers.Remove(peer); // a dictionary allows this while it is enumerated
                if (minute.Lines > linesPerMinute) (over ??= []).Add((peer, minute.Lines - linesPerMinute));
            }
        }
        if (over is null) return;
        foreach (var (peer, leftOut) in over) logger.LinesLeftOut(leftOut, peer);
    }

    private sealed class Minute(long end)
    {
        public long End => end;

        public int Lines { get; set; }
    }
}
