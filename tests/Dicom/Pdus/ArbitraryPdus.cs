using FsCheck;
using FsCheck.Fluent;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>Any PDU that PS3.8 allows to be sent, and bytes of all kinds.</summary>
internal static class ArbitraryPdus
{
    private static readonly Gen<bool> Flag = Gen.Elements(true, false);
    private static readonly Gen<ushort> Number = Gen.Choose(0, ushort.MaxValue).Select(value => (ushort)value);

    public static Gen<byte[]> AnyBytes { get; } = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    private static readonly Gen<string> Uid = Gen.Resize(Gen.ArrayOf(Gen.Elements("0123456789.".ToCharArray())), 64)
        .Select(characters => "1" + new string([.. characters.Take(63)]));

    private static readonly Gen<string> AeTitle = Gen.ArrayOf(Gen.Choose(' ', '~').Select(code => (char)code))
        .Select(characters => (new string(characters) + "A").Trim())
        .Select(title => title[..Math.Min(title.Length, 16)].Trim());

    private static readonly Gen<IReadOnlyList<RoleSelection>> Roles =
        ListOf(from uid in Uid from scu in Flag from scp in Flag select new RoleSelection(uid, scu, scp));

    private static readonly Gen<IReadOnlyList<ExtendedNegotiation>> Extended =
        ListOf(from uid in Uid from bytes in AnyBytes select new ExtendedNegotiation(uid, bytes));

    private static readonly Gen<IReadOnlyList<CommonExtendedNegotiation>> CommonExtended = ListOf(
        from uid in Uid from service in Uid from related in ListOf(Uid)
        select new CommonExtendedNegotiation(uid, service, related));

    private static readonly Gen<UserIdentity?> Identity = Optional(
        from type in Gen.Choose(1, 5) from response in Flag from primary in AnyBytes from secondary in AnyBytes
        select new UserIdentity((byte)type, response, primary, secondary));

    private static readonly Gen<AssociateParameters> Parameters =
        from called in AeTitle
        from calling in AeTitle
        from application in Uid
        from maximum in Gen.Elements(0u, 4096u, 16384u, 131072u, uint.MaxValue)
        from implementation in Gen.OneOf(Uid, Gen.Constant(""))
        from version in Optional(AeTitle)
        from window in Optional(
            from invoked in Number from performed in Number select new AsyncOperationsWindow(invoked, performed))
        from roles in Roles
        from extended in Extended
        select new AssociateParameters
        {
            CalledAeTitle = called, CallingAeTitle = calling, ApplicationContext = application, PresentationContexts = [],
            MaximumLength = maximum, ImplementationClassUid = implementation, ImplementationVersionName = version,
            AsyncOperationsWindow = window, RoleSelections = roles, ExtendedNegotiations = extended,
        };

    private static readonly Gen<Pdu> Request =
        from parameters in Parameters
        from contexts in Contexts(id =>
            from syntax in Uid from transfer in Gen.Resize(Gen.NonEmptyListOf(Uid), 3)
            select new PresentationContext(id, syntax, [.. transfer]))
        from common in CommonExtended
        from identity in Identity
        select (Pdu)new Pdu.AssociateRequest(parameters with
        {
            PresentationContexts = contexts, CommonExtendedNegotiations = common, UserIdentity = identity,
        });

    private static readonly Gen<Pdu> Accept =
        from parameters in Parameters
        from contexts in Contexts(id =>
            from result in Gen.Elements(Enum.GetValues<ContextResult>()) from transfer in Uid
            select new PresentationContext(id, "", result == ContextResult.Acceptance ? [transfer] : [], result))
        from response in Optional(AnyBytes)
        select (Pdu)new Pdu.AssociateAccept(parameters with
        {
            PresentationContexts = contexts, UserIdentityResponse = response is null ? (ReadOnlyMemory<byte>?)null : response,
        });

    private static readonly Gen<Pdu> Data = Gen.Resize(Gen.NonEmptyListOf(
            from id in Gen.Choose(0, 127) from command in Flag from last in Flag from fragment in Gen.Resize(AnyBytes, 100)
            select new PresentationDataValue((byte)(2 * id + 1), command, last, fragment)), 8)
        .Select(values => (Pdu)new Pdu.Data([.. values]));

    private static readonly Gen<Pdu> Fixed = Gen.OneOf(
        from result in Gen.Elements(Enum.GetValues<RejectResult>()) from source in Gen.Elements(Enum.GetValues<RejectSource>())
        from reason in Gen.Choose(0, 255)
        select (Pdu)new Pdu.AssociateReject(result, source, (byte)reason),
        from source in Gen.Elements(Enum.GetValues<AbortSource>()) from reason in Gen.Elements(Enum.GetValues<AbortReason>())
        select (Pdu)new Pdu.Abort(source, reason),
        Gen.Constant<Pdu>(new Pdu.ReleaseRequest()),
        Gen.Constant<Pdu>(new Pdu.ReleaseResponse()));

    public static Gen<Pdu> Any { get; } = Gen.OneOf(Request, Accept, Data, Fixed);

    /// <summary>Wild bytes, wild bytes behind a valid header, and true PDUs with some bytes changed.</summary>
    public static Gen<byte[]> AlmostPdus { get; } = Gen.OneOf(
        AnyBytes,
        from type in Gen.Choose(0, 8) from bytes in AnyBytes from padding in Gen.Elements(0, 68)
        select (byte[])[(byte)type, 0, 0, 0, (byte)((bytes.Length + padding) >> 8), (byte)(bytes.Length + padding),
            .. Enumerable.Repeat((byte)1, padding), .. bytes],
        from pdu in Any
        from changes in Gen.ListOf(from place in Gen.Choose(0, 1 << 20) from value in Gen.Choose(0, 255) select (place, value))
        select Change(PduBytes.Write(pdu), changes));

    private static byte[] Change(byte[] bytes, IEnumerable<(int Place, int Value)> changes)
    {
        foreach (var (place, value) in changes.Take(4)) bytes[place % bytes.Length] = (byte)value;
        return bytes;
    }

    private static Gen<IReadOnlyList<PresentationContext>> Contexts(Func<byte, Gen<PresentationContext>> context) =>
        from ids in Gen.Resize(Gen.NonEmptyListOf(Gen.Choose(0, 127)), 10)
        from contexts in Gen.CollectToList(ids.Distinct(), id => context((byte)(2 * id + 1)))
        select (IReadOnlyList<PresentationContext>)[.. contexts];

    private static Gen<IReadOnlyList<T>> ListOf<T>(Gen<T> item) =>
        Gen.Resize(Gen.ListOf(item), 4).Select(list => (IReadOnlyList<T>)[.. list]);

    private static Gen<T?> Optional<T>(Gen<T> value) where T : class =>
        Gen.OneOf(Gen.Constant<T?>(null), value.Select(some => (T?)some));
}
