namespace Gantry.Dicom.Network;

/// <summary>What the upper layer does upon an event (PS3.8 Tables 9-6 to 9-9), under the names that the standard gives.</summary>
internal enum AssociationAction : byte
{
    /// <summary>The table's cell is empty: this event cannot happen in this state.</summary>
    NotPossible,
    /// <summary>AE-1: open the connection.</summary>
    AE1,
    /// <summary>AE-2: send the A-ASSOCIATE-RQ.</summary>
    AE2,
    /// <summary>AE-3: tell the user that the peer accepted.</summary>
    AE3,
    /// <summary>AE-4: tell the user that the peer rejected; close the connection.</summary>
    AE4,
    /// <summary>AE-5: take the connection; start ARTIM.</summary>
    AE5,
    /// <summary>AE-6: stop ARTIM; give an acceptable request to the user, else send an A-ASSOCIATE-RJ and start ARTIM.</summary>
    AE6,
    /// <summary>AE-7: send the A-ASSOCIATE-AC.</summary>
    AE7,
    /// <summary>AE-8: send the A-ASSOCIATE-RJ; start ARTIM.</summary>
    AE8,
    /// <summary>DT-1: send the P-DATA-TF.</summary>
    DT1,
    /// <summary>DT-2: hand the data to the user.</summary>
    DT2,
    /// <summary>AR-1: send the A-RELEASE-RQ.</summary>
    AR1,
    /// <summary>AR-2: tell the user that the peer asks for release.</summary>
    AR2,
    /// <summary>AR-3: tell the user that the release is confirmed; close the connection.</summary>
    AR3,
    /// <summary>AR-4: send the A-RELEASE-RP; start ARTIM.</summary>
    AR4,
    /// <summary>AR-5: stop ARTIM.</summary>
    AR5,
    /// <summary>AR-6: hand data that came during release to the user.</summary>
    AR6,
    /// <summary>AR-7: send the P-DATA-TF during release.</summary>
    AR7,
    /// <summary>AR-8: tell the user that both sides asked for release.</summary>
    AR8,
    /// <summary>AR-9: send the A-RELEASE-RP, as the requestor in a collision.</summary>
    AR9,
    /// <summary>AR-10: tell the user that the release is confirmed, as the acceptor in a collision.</summary>
    AR10,
    /// <summary>AA-1: send an A-ABORT with source service-user; start or restart ARTIM.</summary>
    AA1,
    /// <summary>AA-2: stop ARTIM; close the connection.</summary>
    AA2,
    /// <summary>AA-3: tell the user that the peer aborted; close the connection.</summary>
    AA3,
    /// <summary>AA-4: tell the user that the connection is lost.</summary>
    AA4,
    /// <summary>AA-5: stop ARTIM.</summary>
    AA5,
    /// <summary>AA-6: ignore the PDU.</summary>
    AA6,
    /// <summary>AA-7: send an A-ABORT.</summary>
    AA7,
    /// <summary>AA-8: send an A-ABORT with source service-provider; tell the user; start ARTIM.</summary>
    AA8,
}
