using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Gantry.Dicom.Network;

/// <summary>Reads PDUs from bytes (PS3.8 9.3). Pure: it does no input or output and keeps nothing between calls.</summary>
public static class PduReader
{
    /// <summary>
    /// Reads the PDU at the start of <paramref name="input"/> and moves the input behind it. False: the PDU is not complete
    /// yet, and the input stays where it was. Nothing is allocated before the whole PDU is there.
    /// </summary>
    /// <param name="input">What was received and not read yet.</param>
    /// <param name="maximumLength">
    /// Longest P-DATA-TF after its header, in bytes: what this side announced. 0 is no limit.
    /// </param>
    /// <param name="pdu">
    /// The PDU. The fragments of a <see cref="Pdu.Data"/> are slices of <paramref name="input"/> where it is contiguous, so
    /// they live as long as its buffer; all other PDUs own their bytes.
    /// </param>
    /// <exception cref="ProtocolViolationException">PS3.8 does not allow these bytes; the input stays where it was.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, uint maximumLength, [NotNullWhen(true)] out Pdu? pdu) =>
        TryRead(ref input, new PduLimits(maximumLength), out pdu);

    /// <inheritdoc cref="TryRead(ref ReadOnlySequence{byte}, uint, out Pdu?)"/>
    /// <param name="input">What was received and not read yet.</param>
    /// <param name="limits">The longest PDUs that are taken.</param>
    /// <param name="pdu">The PDU.</param>
    public static bool TryRead(ref ReadOnlySequence<byte> input, PduLimits limits, [NotNullWhen(true)] out Pdu? pdu)
    {
        pdu = null;
        if (!PduHeader.TryRead(input, limits, out var header) || input.Length < header.TotalLength) return false;
        var body = input.Slice(PduHeader.Size, header.Length);
        // Fewer than 2 GB: a longer P-DATA-TF could not be one piece of memory
        if (body.Length > Array.MaxLength)
            throw new ProtocolViolationException(
                AbortReason.InvalidPduParameterValue, $"PDU-length at offset 2 of P-DATA-TF is {header.Length}: too long.");
        pdu = ReadBody(header.Type, body.IsSingleSegment ? body.First : body.ToArray());
        input = input.Slice(header.TotalLength);
        return true;
    }

    /// <summary>Reads what follows the six-byte header of a PDU whose header has been read and checked.</summary>
    internal static Pdu ReadBody(PduType type, ReadOnlyMemory<byte> body) => type switch
    {
        PduType.AssociateRequest or PduType.AssociateAccept => AssociateReader.Read(type, body.Span),
        PduType.AssociateReject => ReadReject(body.Span),
        PduType.Data => ReadData(body),
        PduType.ReleaseRequest => new Pdu.ReleaseRequest(),   // 7-10 reserved, PS3.8 Table 9-24
        PduType.ReleaseResponse => new Pdu.ReleaseResponse(), // 7-10 reserved, PS3.8 Table 9-25
        PduType.Abort => ReadAbort(body.Span),
    };

    private static Pdu.Data ReadData(ReadOnlyMemory<byte> body)
    {
        var values = new List<PresentationDataValue>(1);
        foreach (var value in new PresentationDataReader(body)) values.Add(value);
        return new Pdu.Data(values);
    }

    private static Pdu.AssociateReject ReadReject(ReadOnlySpan<byte> body)
    {
        // 7 reserved, 8 Result, 9 Source, 10 Reason/Diag., PS3.8 Table 9-21
        if (body[1] is < 1 or > 2) throw Invalid("Result at offset 7", body[1], "1 or 2");
        if (body[2] is < 1 or > 3) throw Invalid("Source at offset 8", body[2], "1 to 3");
        return new Pdu.AssociateReject((RejectResult)body[1], (RejectSource)body[2], body[3]);

        static ProtocolViolationException Invalid(string field, byte value, string expected) => new(
            AbortReason.InvalidPduParameterValue, $"{field} of A-ASSOCIATE-RJ is {value}; expected {expected}.");
    }

    private static Pdu.Abort ReadAbort(ReadOnlySpan<byte> body)
    {
        // 7-8 reserved, 9 Source, 10 Reason/Diag., PS3.8 Table 9-26. Whatever they hold, the association is over: to answer
        // odd values with an abort of our own would help nobody, so they become the values that say nothing.
        var source = body[2] <= (byte)AbortSource.ServiceProvider ? (AbortSource)body[2] : AbortSource.Reserved;
        var reason = body[3] <= (byte)AbortReason.InvalidPduParameterValue ? (AbortReason)body[3] : AbortReason.NotSpecified;
        return new Pdu.Abort(source, reason);
    }
}
