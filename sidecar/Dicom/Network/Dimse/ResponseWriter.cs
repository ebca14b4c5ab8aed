namespace Gantry.Dicom.Network;

/// <summary>Writes the command sets of responses (PS3.7 9.3 and 10.3).</summary>
internal static class ResponseWriter
{
    private const ushort ResponseBit = 0x8000;
    private const int MaximumErrorComment = 64; // LO, PS3.7 Annex C

    /// <summary>More bytes than the response's command set can take.</summary>
    public static int MaximumLength(DimseRequest request, DimseResponse response) =>
        256 + request.SopClassUid.Length + (response.AffectedSopInstanceUid ?? request.SopInstanceUid ?? "").Length
        + MaximumErrorComment + 4 * (response.OffendingElements.Count + response.AttributeList.Count);

    /// <summary>Writes the command set; the ids and UIDs are those of the request.</summary>
    public static ReadOnlySpan<byte> Write(Span<byte> destination, DimseRequest request, DimseResponse response, bool hasData)
    {
        var writer = new CommandWriter(destination);
        if (request.SopClassUid.Length > 0) writer.Uid(0x0002, request.SopClassUid);
        writer.UInt16(0x0100, (ushort)((ushort)request.Command | ResponseBit));
        writer.UInt16(0x0120, request.MessageId);
        writer.UInt16(0x0800, hasData ? CommandSet.WithDataSet : CommandSet.NoDataSet);
        writer.UInt16(0x0900, response.Status);
        if (response.OffendingElements.Count > 0) writer.Tags(0x0901, response.OffendingElements);
        if (!string.IsNullOrEmpty(response.ErrorComment)) writer.Text(0x0902, Clip(response.ErrorComment));
        if (response.ErrorId is { } errorId) writer.UInt16(0x0903, errorId);
        if ((response.AffectedSopInstanceUid ?? request.SopInstanceUid) is { } instance) writer.Uid(0x1000, instance);
        if (request.EventTypeId is { } eventType) writer.UInt16(0x1002, eventType);
        if (response.AttributeList.Count > 0) writer.Tags(0x1005, response.AttributeList);
        if (request.ActionTypeId is { } actionType) writer.UInt16(0x1008, actionType);
        return writer.Finish();
    }

    private static string Clip(string comment) =>
        comment.Length <= MaximumErrorComment ? comment : comment[..MaximumErrorComment];
}
