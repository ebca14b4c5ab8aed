namespace Gantry.Dicom.Network;

/// <summary>Where communication with a peer failed.</summary>
public enum NetworkPhase
{
    /// <summary>Turning the host name into an address.</summary>
    Resolve,
    /// <summary>Listening on an address.</summary>
    Listen,
    /// <summary>Opening the TCP connection.</summary>
    Connect,
    /// <summary>The TLS handshake.</summary>
    Tls,
    /// <summary>Negotiating the association.</summary>
    Associate,
    /// <summary>Sending a request.</summary>
    Send,
    /// <summary>Waiting for the reply to a request.</summary>
    AwaitReply,
    /// <summary>Releasing the association.</summary>
    Release,
}

/// <summary>Communication with a peer failed. The message names the peer and the phase, and holds no patient data.</summary>
public class DicomNetworkException(NetworkPhase phase, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What was being done.</summary>
    public NetworkPhase Phase { get; } = phase;
}

/// <summary>The peer answered an A-ASSOCIATE-RQ with an A-ASSOCIATE-RJ.</summary>
public sealed class AssociationRejectedException(string message, RejectResult result, RejectSource source, byte reason)
    : DicomNetworkException(NetworkPhase.Associate, message)
{
    /// <summary>For good, or for now.</summary>
    public RejectResult Result { get; } = result;

    /// <summary>Who rejected.</summary>
    public RejectSource RejectSource { get; } = source;

    /// <summary>Why; its meaning depends on <see cref="RejectSource"/> (PS3.8 Table 9-21).</summary>
    public byte Reason { get; } = reason;
}
