using System.Net;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>Who is at the other end of an association, and what was proposed.</summary>
public sealed class AssociationInfo
{
    /// <summary>Number of the association within this process, as it stands in the log.</summary>
    public required long Id { get; init; }

    /// <summary>The peer's address; IPv4 addresses are plain, never mapped into IPv6.</summary>
    public required IPEndPoint RemoteEndPoint { get; init; }

    /// <summary>Our address.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>What the requestor proposed.</summary>
    public required AssociateParameters Parameters { get; init; }

    /// <summary>AE title of the requestor.</summary>
    public string CallingAeTitle => Parameters.CallingAeTitle;

    /// <summary>AE title the requestor called.</summary>
    public string CalledAeTitle => Parameters.CalledAeTitle;

    /// <summary>Whatever the association policy attached: the peer's settings, as a rule.</summary>
    public object? PeerTag { get; init; }

    internal LogQuota? LogQuota { get; init; }

    /// <summary>
    /// For one line that this peer causes: the log given, or one that drops it where the peer has caused
    /// <see cref="DicomListenerOptions.LogLinesPerPeer"/> lines in this minute. Ask anew for each line.
    /// </summary>
    public ILogger LogWithin(ILogger logger, LogLevel level) => LogQuota?.For(logger, RemoteEndPoint.Address, level) ?? logger;
}
