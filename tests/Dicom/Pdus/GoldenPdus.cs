using System.Text;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>What the golden dumps of single PDUs say.</summary>
internal static class GoldenPdus
{
    private const string Verification = "1.2.840.10008.1.1";
    private const string Worklist = "1.2.840.10008.5.1.4.31";
    private const string PerformedStep = "1.2.840.10008.3.1.2.3.3";
    private const string CtImage = "1.2.840.10008.5.1.4.1.1.2";
    private const string ProcedureLog = "1.2.840.10008.5.1.4.1.1.88.40";
    private const string EnhancedSr = "1.2.840.10008.5.1.4.1.1.88.22";
    private const string StorageService = "1.2.840.10008.4.2";
    private const string ImplicitLe = "1.2.840.10008.1.2";
    private const string ExplicitLe = "1.2.840.10008.1.2.1";

    private static readonly AssociateParameters Echo = new()
    {
        CalledAeTitle = "WORKLISTS",
        CallingAeTitle = "CT ROOM 1",
        PresentationContexts = [new(1, Verification, [ImplicitLe])],
        MaximumLength = 16384,
        ImplementationClassUid = "1.2.40.0.13.1",
    };

    public static IReadOnlyDictionary<string, Pdu> All { get; } = new Dictionary<string, Pdu>
    {
        ["associate-rq-echo"] = new Pdu.AssociateRequest(Echo),
        ["associate-rq-everything"] = new Pdu.AssociateRequest(Echo with
        {
            PresentationContexts =
            [
                new(1, Worklist, [ExplicitLe, ImplicitLe]),
                new(3, PerformedStep, [ImplicitLe]),
                new(255, ProcedureLog, [ExplicitLe]),
            ],
            MaximumLength = 0,
            AsyncOperationsWindow = new(5, 1),
            RoleSelections = [new(PerformedStep, Scu: true, Scp: false), new(ProcedureLog, Scu: true, Scp: true)],
            ImplementationVersionName = "CT ROOM 1 V2.5",
            ExtendedNegotiations = [new(CtImage, new byte[] { 2, 1, 3, 0, 0, 0 })],
            CommonExtendedNegotiations = [new(ProcedureLog, StorageService, [EnhancedSr]), new(CtImage, StorageService, [])],
            UserIdentity = new(2, PositiveResponseRequested: true, Ascii("radiographer"), Ascii("secret")),
        }),
        ["associate-rq-identity-1"] = WithIdentity(1, Ascii("radiographer")),
        ["associate-rq-identity-3"] = WithIdentity(3, [0x6E, 0x82, 0x01, 0x2A]),
        ["associate-rq-identity-4"] = WithIdentity(4, Ascii("<saml2:Assertion/>")),
        ["associate-rq-identity-5"] = WithIdentity(5, Ascii("eyJhbGciOiJub25lIn0.e30.")),
        ["associate-ac-everything"] = new Pdu.AssociateAccept(Echo with
        {
            PresentationContexts =
            [
                new(1, "", [ExplicitLe], ContextResult.Acceptance),
                new(3, "", [], ContextResult.UserRejection),
                new(5, "", [], ContextResult.NoReason),
                new(7, "", [], ContextResult.AbstractSyntaxNotSupported),
                new(255, "", [], ContextResult.TransferSyntaxesNotSupported),
            ],
            MaximumLength = 131072,
            AsyncOperationsWindow = new(1, 1),
            RoleSelections = [new(PerformedStep, Scu: true, Scp: false)],
            ImplementationVersionName = "GANTRY_0_1",
            ExtendedNegotiations = [new(CtImage, new byte[] { 2, 1, 3, 0, 0, 0 })],
            UserIdentityResponse = new byte[] { 0x6F, 0x10 },
        }),
        ["associate-rj"] = new Pdu.AssociateReject(
            RejectResult.Permanent, RejectSource.ServiceUser, RejectReasons.UserCalledAeTitleNotRecognized),
        ["p-data-tf-c-echo-rq"] = new Pdu.Data([new(1, IsCommand: true, IsLast: true, Convert.FromHexString(
            "000000000400000038000000" + "0000020012000000312E322E3834302E31303030382E312E3100"
            + "00000001020000003000" + "00001001020000000100" + "00000008020000000101"))]),
        ["p-data-tf-three-values"] = new Pdu.Data(
        [
            new(3, IsCommand: false, IsLast: false, new byte[] { 8, 0, 5, 0 }),
            new(255, IsCommand: true, IsLast: false, new byte[] { 0xFE }),
            new(3, IsCommand: false, IsLast: true, ReadOnlyMemory<byte>.Empty),
        ]),
        ["release-rq"] = new Pdu.ReleaseRequest(),
        ["release-rp"] = new Pdu.ReleaseResponse(),
        ["abort-provider"] = new Pdu.Abort(AbortSource.ServiceProvider, AbortReason.InvalidPduParameterValue),
        ["abort-user"] = new Pdu.Abort(AbortSource.ServiceUser, AbortReason.NotSpecified),
    };

    private static Pdu.AssociateRequest WithIdentity(byte type, byte[] primary) => new(Echo with
    {
        UserIdentity = new(type, PositiveResponseRequested: false, primary, ReadOnlyMemory<byte>.Empty),
    });

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
