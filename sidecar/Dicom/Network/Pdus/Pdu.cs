namespace Gantry.Dicom.Network;

/// <summary>A protocol data unit of the upper layer (PS3.8 9.3): one of the seven kinds nested here.</summary>
public abstract record Pdu
{
    private Pdu() { }

    /// <summary>A-ASSOCIATE-RQ (PS3.8 9.3.2).</summary>
    public sealed record AssociateRequest(AssociateParameters Parameters) : Pdu;

    /// <summary>A-ASSOCIATE-AC (PS3.8 9.3.3).</summary>
    public sealed record AssociateAccept(AssociateParameters Parameters) : Pdu;

    /// <summary>A-ASSOCIATE-RJ (PS3.8 9.3.4).</summary>
    public sealed record AssociateReject(RejectResult Result, RejectSource Source, byte Reason) : Pdu;

    /// <summary>P-DATA-TF (PS3.8 9.3.5): one or more presentation data values.</summary>
    public sealed record Data(IReadOnlyList<PresentationDataValue> Values) : Pdu;

    /// <summary>A-RELEASE-RQ (PS3.8 9.3.6).</summary>
    public sealed record ReleaseRequest : Pdu;

    /// <summary>A-RELEASE-RP (PS3.8 9.3.7).</summary>
    public sealed record ReleaseResponse : Pdu;

    /// <summary>A-ABORT (PS3.8 9.3.8).</summary>
    public sealed record Abort(AbortSource Source, AbortReason Reason) : Pdu;
}

/// <summary>A fragment of a command or data set (PS3.8 9.3.5.1 and Annex E).</summary>
/// <param name="ContextId">Presentation context: an odd number, 1 to 255.</param>
/// <param name="IsCommand">True for a command set fragment, false for a data set fragment.</param>
/// <param name="IsLast">True for the last fragment of its message part.</param>
/// <param name="Fragment">The bytes, without the message control header; they belong to the receive buffer.</param>
public readonly record struct PresentationDataValue(byte ContextId, bool IsCommand, bool IsLast, ReadOnlyMemory<byte> Fragment);

/// <summary>Result of an A-ASSOCIATE-RJ (PS3.8 Table 9-21).</summary>
public enum RejectResult : byte
{
    /// <summary>The same request will be refused again.</summary>
    Permanent = 1,
    /// <summary>It may be accepted later.</summary>
    Transient = 2,
}

/// <summary>Source of an A-ASSOCIATE-RJ (PS3.8 Table 9-21).</summary>
public enum RejectSource : byte
{
    /// <summary>The service user.</summary>
    ServiceUser = 1,
    /// <summary>The service provider, ACSE part.</summary>
    ServiceProviderAcse = 2,
    /// <summary>The service provider, presentation part.</summary>
    ServiceProviderPresentation = 3,
}

/// <summary>Source of an A-ABORT (PS3.8 Table 9-26).</summary>
public enum AbortSource : byte
{
    /// <summary>The service user.</summary>
    ServiceUser = 0,
    /// <summary>Reserved value that some peers send.</summary>
    Reserved = 1,
    /// <summary>The service provider.</summary>
    ServiceProvider = 2,
}

/// <summary>Reason of an A-ABORT by the provider (PS3.8 Table 9-26).</summary>
public enum AbortReason : byte
{
    /// <summary>Not specified; also sent with a service user's abort.</summary>
    NotSpecified = 0,
    /// <summary>A PDU of an unknown type.</summary>
    UnrecognizedPdu = 1,
    /// <summary>A PDU that the state does not allow.</summary>
    UnexpectedPdu = 2,
    /// <summary>Reserved.</summary>
    Reserved = 3,
    /// <summary>A PDU parameter of an unknown kind.</summary>
    UnrecognizedPduParameter = 4,
    /// <summary>A PDU parameter that does not belong there.</summary>
    UnexpectedPduParameter = 5,
    /// <summary>A parameter with an impossible value.</summary>
    InvalidPduParameterValue = 6,
}
