namespace Gantry.Dicom.Network;

/// <summary>What can happen to the upper layer (PS3.8 Table 9-10); the value of each is its Evt number.</summary>
internal enum AssociationEvent : byte
{
    /// <summary>Evt1: the local user requests an association.</summary>
    AssociateRequested = 1,
    /// <summary>Evt2: the connection that this side opened stands.</summary>
    TransportConnected = 2,
    /// <summary>Evt3: an A-ASSOCIATE-AC came.</summary>
    AssociateAcceptReceived = 3,
    /// <summary>Evt4: an A-ASSOCIATE-RJ came.</summary>
    AssociateRejectReceived = 4,
    /// <summary>Evt5: a peer opened a connection.</summary>
    TransportIndicated = 5,
    /// <summary>Evt6: an A-ASSOCIATE-RQ came.</summary>
    AssociateRequestReceived = 6,
    /// <summary>Evt7: the local user accepts the association.</summary>
    AssociateAccepted = 7,
    /// <summary>Evt8: the local user rejects the association.</summary>
    AssociateRejected = 8,
    /// <summary>Evt9: the local user sends data.</summary>
    DataRequested = 9,
    /// <summary>Evt10: a P-DATA-TF came.</summary>
    DataReceived = 10,
    /// <summary>Evt11: the local user requests release.</summary>
    ReleaseRequested = 11,
    /// <summary>Evt12: an A-RELEASE-RQ came.</summary>
    ReleaseRequestReceived = 12,
    /// <summary>Evt13: an A-RELEASE-RP came.</summary>
    ReleaseResponseReceived = 13,
    /// <summary>Evt14: the local user answers a release request.</summary>
    ReleaseResponded = 14,
    /// <summary>Evt15: the local user aborts.</summary>
    AbortRequested = 15,
    /// <summary>Evt16: an A-ABORT came.</summary>
    AbortReceived = 16,
    /// <summary>Evt17: the connection is closed.</summary>
    TransportClosed = 17,
    /// <summary>Evt18: the ARTIM timer ran out (PS3.8 9.1.5).</summary>
    ArtimExpired = 18,
    /// <summary>Evt19: a PDU came that is unknown or impossible (<see cref="ProtocolViolationException"/>).</summary>
    InvalidPduReceived = 19,
}
