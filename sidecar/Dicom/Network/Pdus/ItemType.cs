namespace Gantry.Dicom.Network;

/// <summary>The first byte of an item or sub-item in an A-ASSOCIATE-RQ or -AC.</summary>
internal static class ItemType
{
    public const byte ApplicationContext = 0x10;           // PS3.8 Table 9-12
    public const byte ProposedPresentationContext = 0x20;  // PS3.8 Table 9-13
    public const byte AnsweredPresentationContext = 0x21;  // PS3.8 Table 9-18
    public const byte AbstractSyntax = 0x30;               // PS3.8 Table 9-14
    public const byte TransferSyntax = 0x40;               // PS3.8 Table 9-15
    public const byte UserInformation = 0x50;              // PS3.8 Table 9-16
    public const byte MaximumLength = 0x51;                // PS3.8 Table D.1-1
    public const byte ImplementationClassUid = 0x52;       // PS3.7 Table D.3-1
    public const byte AsyncOperationsWindow = 0x53;        // PS3.7 Table D.3-7
    public const byte RoleSelection = 0x54;                // PS3.7 Table D.3-9
    public const byte ImplementationVersionName = 0x55;    // PS3.7 Table D.3-3
    public const byte ExtendedNegotiation = 0x56;          // PS3.7 Table D.3-11
    public const byte CommonExtendedNegotiation = 0x57;    // PS3.7 Table D.3-12
    public const byte UserIdentity = 0x58;                 // PS3.7 Table D.3-14
    public const byte UserIdentityResponse = 0x59;         // PS3.7 Table D.3-15
}
