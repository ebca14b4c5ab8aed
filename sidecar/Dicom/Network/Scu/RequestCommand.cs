namespace Gantry.Dicom.Network;

/// <summary>What a client asks for: the fields of a request's command set (PS3.7 9.3 and 10.3).</summary>
internal sealed record RequestCommand(DimseCommand Command, string SopClassUid)
{
    public string? SopInstanceUid { get; init; }

    public IReadOnlyList<DicomTag> AttributeList { get; init; } = [];

    public ushort? EventTypeId { get; init; }

    public ushort? ActionTypeId { get; init; }

    /// <summary>Writes the command set.</summary>
    public byte[] ToBytes(ushort messageId, bool hasData)
    {
        // N-SET, N-GET, N-ACTION and N-DELETE name a "requested" class and instance, the others an "affected" one
        var isRequested = Command is DimseCommand.NSet or DimseCommand.NGet or DimseCommand.NAction or DimseCommand.NDelete;
        var buffer = new byte[256 + SopClassUid.Length + (SopInstanceUid?.Length ?? 0) + 4 * AttributeList.Count];
        var writer = new CommandWriter(buffer);
        writer.Uid(isRequested ? (ushort)0x0003 : (ushort)0x0002, SopClassUid);
        writer.UInt16(0x0100, (ushort)Command);
        writer.UInt16(0x0110, messageId);
        if (Command is DimseCommand.CFind or DimseCommand.CStore) writer.UInt16(0x0700, 0); // medium priority
        writer.UInt16(0x0800, hasData ? CommandSet.WithDataSet : CommandSet.NoDataSet);
        if (SopInstanceUid is not null) writer.Uid(isRequested ? (ushort)0x1001 : (ushort)0x1000, SopInstanceUid);
        if (EventTypeId is { } eventType) writer.UInt16(0x1002, eventType);
        if (AttributeList.Count > 0) writer.Tags(0x1005, AttributeList);
        if (ActionTypeId is { } actionType) writer.UInt16(0x1008, actionType);
        return writer.Finish().ToArray();
    }

    /// <summary>C-CANCEL-RQ (PS3.7 9.3.2.3).</summary>
    public static byte[] Cancel(ushort messageIdRespondedTo)
    {
        var writer = new CommandWriter(stackalloc byte[64]);
        writer.UInt16(0x0100, (ushort)DimseCommand.CCancel);
        writer.UInt16(0x0120, messageIdRespondedTo);
        writer.UInt16(0x0800, CommandSet.NoDataSet);
        return writer.Finish().ToArray();
    }
}
