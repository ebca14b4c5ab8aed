namespace Gantry.Dicom.Network;

/// <summary>Running totals of a <see cref="DicomListener"/>, for metrics; they only grow.</summary>
public sealed class ListenerCounters
{
    internal long AcceptedCount, RejectedCount, AbortedCount, RefusedConnectionCount, RequestCount, FailedRequestCount,
        PendingCount;

    /// <summary>Associations accepted.</summary>
    public long AssociationsAccepted => Volatile.Read(ref AcceptedCount);

    /// <summary>Associations rejected.</summary>
    public long AssociationsRejected => Volatile.Read(ref RejectedCount);

    /// <summary>Associations that ended by an A-ABORT, ours or theirs, a time-out or a closed connection.</summary>
    public long AssociationsAborted => Volatile.Read(ref AbortedCount);

    /// <summary>Connections closed at once because too many had not associated yet.</summary>
    public long ConnectionsRefused => Volatile.Read(ref RefusedConnectionCount);

    /// <summary>DIMSE requests answered.</summary>
    public long Requests => Volatile.Read(ref RequestCount);

    /// <summary>DIMSE requests answered with a failure.</summary>
    public long RequestsFailed => Volatile.Read(ref FailedRequestCount);

    /// <summary>Pending C-FIND responses.</summary>
    public long PendingResponses => Volatile.Read(ref PendingCount);
}
