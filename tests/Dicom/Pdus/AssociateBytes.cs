using System.Buffers.Binary;
using System.Text;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>An A-ASSOCIATE-RQ or -AC built field by field, so that a test can break one of them.</summary>
internal sealed class AssociateBytes
{
    private readonly List<byte> _body = [];
    private readonly byte _type;

    private AssociateBytes(byte type, string called, string calling, ushort version)
    {
        _type = type;
        _body.AddRange([(byte)(version >> 8), (byte)version, 0, 0]);
        _body.AddRange(Encoding.Latin1.GetBytes(called));
        _body.AddRange(Encoding.Latin1.GetBytes(calling));
        _body.AddRange(new byte[32]);
    }

    public static AssociateBytes Request(
        string called = "WORKLISTS       ", string calling = "CT1             ", ushort version = 1) =>
        new(0x01, called, calling, version);

    public static AssociateBytes Accept(
        string called = "WORKLISTS       ", string calling = "CT1             ", ushort version = 1) =>
        new(0x02, called, calling, version);

    /// <summary>The items that every request has, with this user information.</summary>
    public static AssociateBytes RequestWithUserInformation(params byte[][] subItems) =>
        Request().With(ApplicationContext).With(Context(1)).With(Item(0x50, subItems));

    public static byte[] ApplicationContext { get; } = Item(0x10, Ascii("1.2.840.10008.3.1.1.1"));

    public static byte[] UserInformation { get; } = Item(0x50, Item(0x51, [0, 0, 0x40, 0]));

    public static byte[] AbstractSyntax { get; } = Item(0x30, Ascii("1.2.840.10008.1.1"));

    public static byte[] NamedSyntax { get; } = Item(0x40, Ascii("1.2.840.10008.1.2"));

    public static byte[] Context(byte id) => Item(0x20, [id, 0, 0, 0], AbstractSyntax, NamedSyntax);

    public static byte[] Answer(byte id, byte result, params byte[][] subItems) => Item(0x21, [[id, 0, result, 0], .. subItems]);

    public static byte[] Item(byte type, params byte[][] content)
    {
        var bytes = content.SelectMany(part => part).ToArray();
        return [type, 0, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static byte[] Counted(params byte[] content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    public AssociateBytes With(params byte[] item)
    {
        _body.AddRange(item);
        return this;
    }

    public byte[] Build()
    {
        var pdu = new byte[6 + _body.Count];
        pdu[0] = _type;
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), _body.Count);
        _body.CopyTo(pdu, 6);
        return pdu;
    }
}
