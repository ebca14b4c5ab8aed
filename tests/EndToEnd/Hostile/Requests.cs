using System.Buffers.Binary;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>DIMSE requests in bytes, implicit VR, and the presentation contexts that they go to.</summary>
internal static class Requests
{
    public const byte Verification = 1, Worklist = 3, Step = 5, Storage = 7;

    /// <summary>An identifier that every order fits.</summary>
    public static DicomDataset Everything => new DicomDataset()
        .Set(DicomTags.PatientName).Set(DicomTags.PatientID).Set(DicomTags.StudyInstanceUID).Set(DicomTags.RequestedProcedureDescription);

    public static byte[] Echo(ushort messageId) => Data(Verification, true, true, Command(0x0030, SopClassUids.Verification, messageId, false));

    public static byte[] Find(ushort messageId, DicomDataset identifier) =>
        Find(messageId, Bytes(identifier));

    public static byte[] Find(ushort messageId, byte[] identifier) =>
    [
        .. Data(Worklist, true, true, FindCommand(messageId)),
        .. identifier.Chunk(60_000).SelectMany((part, index) => Data(Worklist, false, (index + 1) * 60_000 >= identifier.Length, part)),
    ];

    /// <summary>One request of every kind that a modality may send, as (context, command set, data set or nothing).</summary>
    public static IReadOnlyList<(byte Context, byte[] Command, byte[] Data)> EveryKind { get; } =
    [
        (Verification, Command(0x0030, SopClassUids.Verification, 1, false), []),
        (Worklist, FindCommand(1), Bytes(Everything.Set(DicomTags.AccessionNumber, "4567").SetItems(
            DicomTags.ScheduledProcedureStepSequence, new DicomDataset().Set(DicomTags.Modality, "MR")
                .Set(DicomTags.ScheduledProcedureStepStartDate, "20260101-").Set(DicomTags.ScheduledProcedureStepStartTime, "09-10")))),
        (Worklist, Command(0x0FFF, SopClassUids.ModalityWorklistInformationModelFind, 1, false), []),    // C-CANCEL
        (Step, Command(0x0140, SopClassUids.ModalityPerformedProcedureStep, 1, true), Bytes(StartedStep)),
        (Step, Command(0x0120, SopClassUids.ModalityPerformedProcedureStep, 1, true, requested: "1.2.3.4"),
            Bytes(new DicomDataset().Set(DicomTags.PerformedProcedureStepStatus, "DISCONTINUED"))),
        (Step, Command(0x0110, SopClassUids.ModalityPerformedProcedureStep, 1, false, requested: "1.2.3.4"), []),
        (Step, Command(0x0150, SopClassUids.ModalityPerformedProcedureStep, 1, false, requested: "1.2.3.4"), []),
        (Storage, Command(0x0001, SopClassUids.CTImageStorage, 1, true), Bytes(new DicomDataset().Set(DicomTags.PatientName, "NOT^HERE"))),
    ];

    private static DicomDataset StartedStep => new DicomDataset()
        .Set(DicomTags.PerformedProcedureStepStatus, "IN PROGRESS").Set(DicomTags.PerformedProcedureStepID, "P1")
        .Set(DicomTags.PerformedStationAETitle, "HOSTILE").Set(DicomTags.PerformedProcedureStepStartDate, "20260101")
        .Set(DicomTags.PerformedProcedureStepStartTime, "091500").Set(DicomTags.Modality, "MR").Set(DicomTags.PatientName, "NO^ONE")
        .SetItems(DicomTags.ScheduledStepAttributesSequence, new DicomDataset().Set(DicomTags.StudyInstanceUID, "1.2.3"));

    public static byte[] FindCommand(ushort messageId) =>
        Command(0x0020, SopClassUids.ModalityWorklistInformationModelFind, messageId, true);

    /// <summary>A P-DATA-TF with one fragment.</summary>
    public static byte[] Data(byte context, bool isCommand, bool isLast, byte[] fragment) =>
        HostilePeer.Bytes(new Pdu.Data([new PresentationDataValue(context, isCommand, isLast, fragment)]));

    /// <summary>An echo with a message ID that nothing else here has: when it is answered, all before it is over.</summary>
    public static byte[] Marker { get; } = Echo(0x7A7A);

    public static bool IsAnswerToMarker(PresentationDataValue value) =>
        value.ContextId == Verification && value.IsCommand
        && value.Fragment.Span.IndexOf((ReadOnlySpan<byte>)[0x20, 0x01, 0x02, 0x00, 0x00, 0x00, 0x7A, 0x7A]) >= 0;

    // PS3.7 E.1: implicit VR little endian, the group length first
    private static byte[] Command(ushort field, string sopClass, ushort messageId, bool hasData, string? requested = null)
    {
        byte[] elements =
        [
            .. Element(requested is null ? (ushort)0x0002 : (ushort)0x0003, Uid(sopClass)), .. Element(0x0100, Short(field)),
            .. Element(field == 0x0FFF ? (ushort)0x0120 : (ushort)0x0110, Short(messageId)),
            .. Element(0x0700, Short(0)), .. Element(0x0800, Short(hasData ? (ushort)1 : (ushort)0x0101)),
            .. requested is null ? [] : Element(0x1001, Uid(requested)),
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, elements.Length);
        return [.. Element(0x0000, length), .. elements];
    }

    private static byte[] Bytes(DicomDataset dataset) => dataset.ToBytes(TransferSyntax.ImplicitVrLittleEndian);

    private static byte[] Uid(string uid) => System.Text.Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0");

    private static byte[] Element(ushort element, byte[] value)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
        return [.. header, .. value];
    }

    private static byte[] Short(ushort value) => [(byte)value, (byte)(value >> 8)];
}
