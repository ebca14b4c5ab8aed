namespace Gantry.Dicom.Network;

/// <summary>What an A-ASSOCIATE-RQ proposes or an A-ASSOCIATE-AC answers (PS3.8 Tables 9-11 and 9-17).</summary>
public sealed record AssociateParameters
{
    /// <summary>Called AE title, 1 to 16 characters, without the padding.</summary>
    public required string CalledAeTitle { get; init; }

    /// <summary>Calling AE title, 1 to 16 characters, without the padding.</summary>
    public required string CallingAeTitle { get; init; }

    /// <summary>Protocol version bits; bit 0 is version 1, the only one there is.</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>Application context name; DICOM's own unless a peer says otherwise (PS3.7 A.2.1).</summary>
    public string ApplicationContext { get; init; } = "1.2.840.10008.3.1.1.1";

    /// <summary>The presentation contexts, at most 128.</summary>
    public required IReadOnlyList<PresentationContext> PresentationContexts { get; init; }

    /// <summary>Maximum length of a P-DATA-TF's variable field that the sender can receive; 0 is no limit (PS3.8 D.1).</summary>
    public uint MaximumLength { get; init; } = 16384;

    /// <summary>Implementation class UID (PS3.7 D.3.3.2).</summary>
    public string ImplementationClassUid { get; init; } = "";

    /// <summary>Implementation version name, 1 to 16 characters (PS3.7 D.3.3.2).</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>Asynchronous operations window (PS3.7 D.3.3.3).</summary>
    public AsyncOperationsWindow? AsyncOperationsWindow { get; init; }

    /// <summary>SCP/SCU role selections (PS3.7 D.3.3.4).</summary>
    public IReadOnlyList<RoleSelection> RoleSelections { get; init; } = [];

    /// <summary>SOP class extended negotiations (PS3.7 D.3.3.5).</summary>
    public IReadOnlyList<ExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>SOP class common extended negotiations, in a request only (PS3.7 D.3.3.6).</summary>
    public IReadOnlyList<CommonExtendedNegotiation> CommonExtendedNegotiations { get; init; } = [];

    /// <summary>User identity, in a request (PS3.7 D.3.3.7).</summary>
    public UserIdentity? UserIdentity { get; init; }

    /// <summary>The server's response to a user identity, in an accept (PS3.7 D.3.3.7).</summary>
    public ReadOnlyMemory<byte>? UserIdentityResponse { get; init; }
}

/// <summary>A presentation context, proposed (all transfer syntaxes) or answered (a result, at most one syntax).</summary>
/// <param name="Id">An odd number, 1 to 255.</param>
/// <param name="AbstractSyntax">SOP class UID; empty in an accept, which does not carry it.</param>
/// <param name="TransferSyntaxes">Transfer syntax UIDs.</param>
/// <param name="Result">The answer, in an accept.</param>
public sealed record PresentationContext(
    byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes, ContextResult Result = ContextResult.Acceptance);

/// <summary>Result of a presentation context (PS3.8 Table 9-18).</summary>
public enum ContextResult : byte
{
    /// <summary>Accepted.</summary>
    Acceptance = 0,
    /// <summary>The user refuses.</summary>
    UserRejection = 1,
    /// <summary>The provider refuses, without a reason.</summary>
    NoReason = 2,
    /// <summary>The abstract syntax is not supported.</summary>
    AbstractSyntaxNotSupported = 3,
    /// <summary>None of the transfer syntaxes is supported.</summary>
    TransferSyntaxesNotSupported = 4,
}

/// <summary>Operations that may be outstanding at once; 0 is no limit (PS3.7 D.3.3.3).</summary>
public sealed record AsyncOperationsWindow(ushort Invoked, ushort Performed);

/// <summary>Which roles the requestor takes for a SOP class (PS3.7 D.3.3.4).</summary>
public sealed record RoleSelection(string SopClassUid, bool Scu, bool Scp);

/// <summary>Service-class application information of a SOP class (PS3.7 D.3.3.5).</summary>
public sealed record ExtendedNegotiation(string SopClassUid, ReadOnlyMemory<byte> Information);

/// <summary>Service class and related general SOP classes of a SOP class (PS3.7 D.3.3.6).</summary>
public sealed record CommonExtendedNegotiation(
    string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedGeneralSopClasses);

/// <summary>User identity negotiation (PS3.7 Table D.3-14). Printing never shows its fields.</summary>
/// <param name="Type">1 user name, 2 user name and passcode, 3 Kerberos ticket, 4 SAML assertion, 5 JSON web token.</param>
/// <param name="PositiveResponseRequested">True if the requestor wants an answer in the accept.</param>
/// <param name="Primary">User name, ticket or assertion.</param>
/// <param name="Secondary">Passcode, with type 2 only.</param>
public sealed record UserIdentity(
    byte Type, bool PositiveResponseRequested, ReadOnlyMemory<byte> Primary, ReadOnlyMemory<byte> Secondary)
{
    /// <inheritdoc/>
    public override string ToString() => $"UserIdentity of type {Type}";
}
