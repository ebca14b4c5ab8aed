namespace Gantry.Dicom.Network;

/// <summary>The states of the upper layer (PS3.8 Tables 9-1 to 9-5); the value of each is its Sta number.</summary>
internal enum AssociationState : byte
{
    /// <summary>Sta1: no association and no connection.</summary>
    Idle = 1,
    /// <summary>Sta2: the connection is open; an A-ASSOCIATE-RQ has to come.</summary>
    AwaitingAssociateRequest = 2,
    /// <summary>Sta3: the local user decides about the request.</summary>
    AwaitingLocalAssociateResponse = 3,
    /// <summary>Sta4: the connection to the peer is being opened.</summary>
    AwaitingTransportConnection = 4,
    /// <summary>Sta5: an A-ASSOCIATE-AC or -RJ has to come.</summary>
    AwaitingAssociateResponse = 5,
    /// <summary>Sta6: established, data flows.</summary>
    Established = 6,
    /// <summary>Sta7: this side asked for release; an A-RELEASE-RP has to come, and data may come before it.</summary>
    AwaitingReleaseResponse = 7,
    /// <summary>Sta8: the peer asked for release; the local user answers, and may send data before.</summary>
    AwaitingLocalReleaseResponse = 8,
    /// <summary>Sta9: both asked for release, this side is the requestor; the local user answers.</summary>
    CollisionRequestorAwaitingLocalResponse = 9,
    /// <summary>Sta10: both asked for release, this side is the acceptor; an A-RELEASE-RP has to come.</summary>
    CollisionAcceptorAwaitingReleaseResponse = 10,
    /// <summary>Sta11: both asked for release, this side is the requestor and has answered; an A-RELEASE-RP must come.</summary>
    CollisionRequestorAwaitingReleaseResponse = 11,
    /// <summary>Sta12: both asked for release, this side is the acceptor and has its answer; the local user answers.</summary>
    CollisionAcceptorAwaitingLocalResponse = 12,
    /// <summary>Sta13: the association is over; the connection has to be closed.</summary>
    AwaitingTransportClose = 13,
}
