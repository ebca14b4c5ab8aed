using System.Buffers.Binary;
using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>A command set as it came: the fields of PS3.7 Annex E, read from Implicit VR Little Endian (PS3.7 6.3.1).</summary>
internal sealed class CommandSet
{
    /// <summary>Command Data Set Type (0000,0800) that says that no data set follows (PS3.7 E.1).</summary>
    public const ushort NoDataSet = 0x0101;

    /// <summary>What we write where a data set follows; any other value would do, but this is what peers are used to.</summary>
    public const ushort WithDataSet = 0x0001;

    private const ushort ResponseBit = 0x8000;

    /// <summary>Command Field with bit 15, which marks responses.</summary>
    public ushort Field { get; private set; }

    public bool IsResponse => (Field & ResponseBit) != 0;

    public DimseCommand Command => (DimseCommand)(Field & ~ResponseBit);

    public bool HasDataSet { get; private set; }

    /// <summary>(0000,0110), of a request.</summary>
    public ushort MessageId { get; private set; }

    /// <summary>(0000,0120), of a response or a C-CANCEL.</summary>
    public ushort MessageIdRespondedTo { get; private set; }

    /// <summary>Affected or Requested SOP Class UID; empty if absent.</summary>
    public string SopClassUid { get; private set; } = "";

    public string? SopInstanceUid { get; private set; }

    public ushort Status { get; private set; }

    public ushort Priority { get; private set; }

    public string? ErrorComment { get; private set; }

    public ushort? ErrorId { get; private set; }

    public ushort? EventTypeId { get; private set; }

    public ushort? ActionTypeId { get; private set; }

    public string? MoveDestination { get; private set; }

    public IReadOnlyList<DicomTag> OffendingElements { get; private set; } = [];

    public IReadOnlyList<DicomTag> AttributeList { get; private set; } = [];

    /// <summary>Reads a whole command set.</summary>
    /// <param name="bytes">All fragments together.</param>
    /// <param name="abstractSyntax">The context's, which the SOP class nearly always equals: its string is used again.</param>
    /// <exception cref="ProtocolViolationException">The bytes are no command set.</exception>
    public static CommandSet Read(ReadOnlySpan<byte> bytes, string abstractSyntax)
    {
        var command = new CommandSet();
        bool hasField = false, hasMessageId = false, hasRespondedTo = false, hasDataSetType = false, hasStatus = false;
        while (bytes.Length > 0)
        {
            if (bytes.Length < 8) throw Violation($"ends within an element's header, with {bytes.Length} bytes left");
            var group = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (length > (uint)bytes.Length - 8)
                throw Violation($"has ({group:x4},{element:x4}) with length {length}, but {bytes.Length - 8} bytes follow");
            var value = bytes.Slice(8, (int)length);
            bytes = bytes[(8 + (int)length)..];
            if (group != 0) throw Violation($"has ({group:x4},{element:x4}), which is not of group 0000");
            switch (element)
            {
                case 0x0002 or 0x0003: command.SopClassUid = Uid(value, abstractSyntax); break;
                case 0x0100: command.Field = UInt16(element, value); hasField = true; break;
                case 0x0110: command.MessageId = UInt16(element, value); hasMessageId = true; break;
                case 0x0120: command.MessageIdRespondedTo = UInt16(element, value); hasRespondedTo = true; break;
                case 0x0600: command.MoveDestination = Text(value); break;
                case 0x0700: command.Priority = UInt16(element, value); break;
                case 0x0800: command.HasDataSet = UInt16(element, value) != NoDataSet; hasDataSetType = true; break;
                case 0x0900: command.Status = UInt16(element, value); hasStatus = true; break;
                case 0x0901: command.OffendingElements = Tags(element, value); break;
                case 0x0902: command.ErrorComment = Text(value); break;
                case 0x0903: command.ErrorId = OptionalUInt16(element, value); break;
                case 0x1000 or 0x1001: command.SopInstanceUid = value.Length == 0 ? null : Uid(value, ""); break;
                case 0x1002: command.EventTypeId = OptionalUInt16(element, value); break;
                case 0x1005: command.AttributeList = Tags(element, value); break;
                case 0x1008: command.ActionTypeId = OptionalUInt16(element, value); break;
                default: break; // group length, retired and unknown elements say nothing we need
            }
        }
        if (!hasField) throw Violation("lacks (0000,0100) Command Field");
        if (!hasDataSetType) throw Violation("lacks (0000,0800) Command Data Set Type");
        var needsRespondedTo = command.IsResponse || command.Command == DimseCommand.CCancel;
        if (needsRespondedTo && !hasRespondedTo) throw Violation("lacks (0000,0120) Message ID Being Responded To");
        if (!needsRespondedTo && !hasMessageId) throw Violation("lacks (0000,0110) Message ID");
        if (command.IsResponse && !hasStatus) throw Violation("lacks (0000,0900) Status");
        return command;
    }

    private static ushort UInt16(ushort element, ReadOnlySpan<byte> value) =>
        value.Length == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(value)
            : throw Violation($"has (0000,{element:x4}) with {value.Length} bytes; expected 2");

    private static ushort? OptionalUInt16(ushort element, ReadOnlySpan<byte> value) =>
        value.Length == 0 ? null : UInt16(element, value);

    private static string Uid(ReadOnlySpan<byte> value, string expected)
    {
        value = value.TrimEnd((byte)0).Trim((byte)' ');
        return Ascii.Equals(value, expected) ? expected : Encoding.Latin1.GetString(value);
    }

    private static string Text(ReadOnlySpan<byte> value) => Encoding.Latin1.GetString(value.TrimEnd((byte)0).Trim((byte)' '));

    private static DicomTag[] Tags(ushort element, ReadOnlySpan<byte> value)
    {
        if (value.Length % 4 != 0)
            throw Violation($"has (0000,{element:x4}) with {value.Length} bytes; expected a multiple of 4");
        var tags = new DicomTag[value.Length / 4];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new DicomTag(
                BinaryPrimitives.ReadUInt16LittleEndian(value[(4 * i)..]),
                BinaryPrimitives.ReadUInt16LittleEndian(value[(4 * i + 2)..]));
        }
        return tags;
    }

    private static ProtocolViolationException Violation(string what) => new(
        AbortReason.InvalidPduParameterValue, "The command set " + what + ".");
}
