using System.Buffers.Binary;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>DIMSE requests in bytes, for context 1 (verification) and 3 (worklist), implicit VR.</summary>
internal static class Requests
{
    /// <summary>An identifier that every order fits.</summary>
    public static DicomDataset Everything => new DicomDataset()
        .Set(DicomTags.PatientName).Set(DicomTags.PatientID).Set(DicomTags.StudyInstanceUID).Set(DicomTags.RequestedProcedureDescription);

    public static byte[] Echo(ushort messageId) => Data(1, true, true, Command(0x0030, SopClassUids.Verification, messageId, false));

    public static byte[] Find(ushort messageId, DicomDataset identifier) =>
        Find(messageId, identifier.ToBytes(TransferSyntax.ImplicitVrLittleEndian));

    public static byte[] Find(ushort messageId, byte[] identifier) =>
    [
        .. Data(3, true, true, FindCommand(messageId)),
        .. identifier.Chunk(60_000).SelectMany((part, index) => Data(3, false, (index + 1) * 60_000 >= identifier.Length, part)),
    ];

    public static byte[] FindCommand(ushort messageId) =>
        Command(0x0020, SopClassUids.ModalityWorklistInformationModelFind, messageId, true);

    /// <summary>A P-DATA-TF with one fragment.</summary>
    public static byte[] Data(byte context, bool isCommand, bool isLast, byte[] fragment) =>
        HostilePeer.Bytes(new Pdu.Data([new PresentationDataValue(context, isCommand, isLast, fragment)]));

    // PS3.7 E.1: implicit VR little endian, the group length first
    private static byte[] Command(ushort field, string sopClass, ushort messageId, bool hasData)
    {
        var uid = System.Text.Encoding.ASCII.GetBytes(sopClass.Length % 2 == 0 ? sopClass : sopClass + "\0");
        byte[] elements =
        [
            .. Element(0x0002, uid), .. Element(0x0100, Short(field)), .. Element(0x0110, Short(messageId)),
            .. Element(0x0700, Short(0)), .. Element(0x0800, Short(hasData ? (ushort)1 : (ushort)0x0101)),
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, elements.Length);
        return [.. Element(0x0000, length), .. elements];
    }

    private static byte[] Element(ushort element, byte[] value)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
        return [.. header, .. value];
    }

    private static byte[] Short(ushort value) => [(byte)value, (byte)(value >> 8)];
}
