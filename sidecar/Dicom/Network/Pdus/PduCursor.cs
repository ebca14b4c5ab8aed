using System.Buffers.Binary;
using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>
/// A position inside a PDU, or inside one item of it. Each read is checked against the end of the enclosing item before
/// anything is sliced or allocated; numbers are big endian (PS3.8 9.3.1).
/// </summary>
internal ref struct PduCursor
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _start;
    private readonly string _pdu;
    private readonly string _parent;
    private int _position;

    /// <summary>A cursor at the start of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The content of a PDU or an item, without its header.</param>
    /// <param name="start">Where that content begins, counted from the first byte of the PDU.</param>
    /// <param name="pdu">Name of the PDU, for error texts.</param>
    /// <param name="parent">Name of what <paramref name="bytes"/> is the content of, for error texts.</param>
    public PduCursor(ReadOnlySpan<byte> bytes, int start, string pdu, string parent)
    {
        _bytes = bytes;
        _start = start;
        _pdu = pdu;
        _parent = parent;
    }

    /// <summary>Bytes from the first byte of the PDU to the next one to be read.</summary>
    public readonly int Offset => _start + _position;

    /// <summary>Bytes left in this item.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    public byte ReadByte(string field) => ReadBytes(1, field)[0];

    public ushort ReadUInt16(string field) => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2, field));

    public uint ReadUInt32(string field) => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4, field));

    public void Skip(int length, string field) => ReadBytes(length, field);

    public ReadOnlySpan<byte> ReadBytes(int length, string field)
    {
        if (length > Remaining)
            throw Invalid(field, Offset, $"needs {length} bytes, but {_parent} has {Remaining} left");
        var bytes = _bytes.Slice(_position, length);
        _position += length;
        return bytes;
    }

    /// <summary>A field that is preceded by its length in two bytes.</summary>
    public ReadOnlySpan<byte> ReadCounted(string field) => ReadBytes(ReadUInt16(field), field);

    /// <summary>
    /// The next item: type (1), a reserved byte that is not tested (1), length (2), content. The result is a cursor over the
    /// content alone.
    /// </summary>
    public PduCursor ReadItem(out byte type)
    {
        type = ReadByte("Item-type");
        Skip(1, "Reserved byte of an item");
        var name = NameOf(type);
        var length = ReadUInt16("Item-length");
        if (length > Remaining)
            throw Invalid("Item-length", Offset - 2, $"is {length} in {name}, but {_parent} has {Remaining} left");
        var start = Offset;
        return new PduCursor(ReadBytes(length, name), start, _pdu, name);
    }

    /// <summary>A cursor over a field of this item that has structure of its own.</summary>
    public readonly PduCursor Within(ReadOnlySpan<byte> content, int start, string name) => new(content, start, _pdu, name);

    /// <summary>
    /// The bytes just read, as a UID, without the padding that some peers add although PS3.8 Annex F has none. Only
    /// printable ASCII is insisted on: whether it is a UID that this side knows is a question for the negotiation, which
    /// refuses a single context where a violation would end the association.
    /// </summary>
    public readonly string DecodeUid(ReadOnlySpan<byte> bytes, string field)
    {
        var start = Offset - bytes.Length;
        bytes = bytes.TrimEnd(" \0"u8);
        var wrong = bytes.IndexOfAnyExceptInRange((byte)0x21, (byte)0x7E);
        if (wrong >= 0) throw Invalid(field, start + wrong, $"holds the byte {bytes[wrong]:X2}H; expected a UID");
        return Encoding.ASCII.GetString(bytes);
    }

    /// <summary>What is left in this item, as a UID.</summary>
    public string ReadUid(string field) => DecodeUid(ReadBytes(Remaining, field), field);

    /// <summary>A UID that is preceded by its length in two bytes.</summary>
    public string ReadCountedUid(string field) => DecodeUid(ReadCounted(field), field);

    /// <summary>A field with an impossible value.</summary>
    public readonly ProtocolViolationException Invalid(string field, int offset, string text) =>
        new(AbortReason.InvalidPduParameterValue, $"{field} at offset {offset} of {_pdu} {text}.");

    /// <summary>This item as a whole is impossible.</summary>
    public readonly ProtocolViolationException Invalid(string text) => Invalid(_parent, _start, text);

    /// <summary>This item should not be here.</summary>
    public readonly ProtocolViolationException Unexpected(string text) =>
        new(AbortReason.UnexpectedPduParameter, $"{_parent} at offset {_start} of {_pdu} {text}.");

    private static string NameOf(byte type) => type switch
    {
        ItemType.ApplicationContext => "Application Context item",
        ItemType.ProposedPresentationContext or ItemType.AnsweredPresentationContext => "Presentation Context item",
        ItemType.AbstractSyntax => "Abstract Syntax sub-item",
        ItemType.TransferSyntax => "Transfer Syntax sub-item",
        ItemType.UserInformation => "User Information item",
        ItemType.MaximumLength => "Maximum Length sub-item",
        ItemType.ImplementationClassUid => "Implementation Class UID sub-item",
        ItemType.AsyncOperationsWindow => "Asynchronous Operations Window sub-item",
        ItemType.RoleSelection => "SCP/SCU Role Selection sub-item",
        ItemType.ImplementationVersionName => "Implementation Version Name sub-item",
        ItemType.ExtendedNegotiation => "SOP Class Extended Negotiation sub-item",
        ItemType.CommonExtendedNegotiation => "SOP Class Common Extended Negotiation sub-item",
        ItemType.UserIdentity => "User Identity sub-item",
        ItemType.UserIdentityResponse => "User Identity response sub-item",
        _ => "item of unknown type",
    };
}
