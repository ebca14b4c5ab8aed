using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom.Network;

/// <summary>Writes PDUs as bytes (PS3.8 9.3). What the standard does not allow is refused before a byte is written.</summary>
public static class PduWriter
{
    /// <summary>Bytes before the variable field of a P-DATA-TF: what <see cref="WriteDataHeader"/> fills.</summary>
    internal const int DataHeaderLength = PduHeader.Size;

    /// <summary>Bytes before the fragment of a presentation data value: what <see cref="WriteValueHeader"/> fills.</summary>
    internal const int ValueHeaderLength = PresentationDataReader.ValueHeaderLength;

    /// <summary>Writes one PDU.</summary>
    /// <exception cref="ArgumentException">The PDU holds something that cannot be sent; the text names the field.</exception>
    public static void Write(IBufferWriter<byte> output, Pdu pdu)
    {
        switch (pdu)
        {
            case Pdu.AssociateRequest request:
                AssociateWriter.Write(output, PduType.AssociateRequest, request.Parameters);
                break;
            case Pdu.AssociateAccept accept:
                AssociateWriter.Write(output, PduType.AssociateAccept, accept.Parameters);
                break;
            case Pdu.AssociateReject reject:
                // 8 Result, 9 Source, 10 Reason/Diag., PS3.8 Table 9-21
                WriteFixed(output, PduType.AssociateReject, (byte)reject.Result, (byte)reject.Source, reject.Reason);
                break;
            case Pdu.Data data:
                WriteData(output, data);
                break;
            case Pdu.ReleaseRequest:
                WriteFixed(output, PduType.ReleaseRequest, 0, 0, 0);
                break;
            case Pdu.ReleaseResponse:
                WriteFixed(output, PduType.ReleaseResponse, 0, 0, 0);
                break;
            case Pdu.Abort abort:
                // 9 Source, 10 Reason/Diag., PS3.8 Table 9-26
                WriteFixed(output, PduType.Abort, 0, (byte)abort.Source, (byte)abort.Reason);
                break;
        }
    }

    /// <summary>The six bytes before the presentation data values of a P-DATA-TF (PS3.8 Table 9-22).</summary>
    /// <param name="destination">At least <see cref="DataHeaderLength"/> bytes.</param>
    /// <param name="variableFieldLength">Bytes of all values together, their headers included.</param>
    internal static void WriteDataHeader(Span<byte> destination, int variableFieldLength) =>
        WriteHeader(destination, PduType.Data, (uint)variableFieldLength);

    /// <summary>The six bytes before the fragment of a presentation data value (PS3.8 Table 9-23 and E.2).</summary>
    /// <param name="destination">At least <see cref="ValueHeaderLength"/> bytes.</param>
    /// <param name="contextId">An odd number.</param>
    /// <param name="isCommand">A command set fragment, not a data set fragment.</param>
    /// <param name="isLast">The last fragment of its command or data set.</param>
    /// <param name="fragmentLength">Bytes of the fragment alone.</param>
    internal static void WriteValueHeader(Span<byte> destination, byte contextId, bool isCommand, bool isLast, int fragmentLength)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)fragmentLength + 2);  // 1-4 Item-length
        destination[5] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));               // 6 message control header
        destination[4] = contextId;                                                    // 5 Presentation-context-ID
    }

    internal static void WriteHeader(Span<byte> destination, PduType type, uint length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], length); // 3-6 PDU-length
        destination[0] = (byte)type;                                     // 1 PDU-type
        destination[1] = 0;                                              // 2 reserved
    }

    private static void WriteFixed(IBufferWriter<byte> output, PduType type, byte eighth, byte ninth, byte tenth)
    {
        const int length = 4;
        var span = output.GetSpan(PduHeader.Size + length);
        WriteHeader(span, type, length);
        span[6] = 0; // 7 reserved
        span[7] = eighth;
        span[8] = ninth;
        span[9] = tenth;
        output.Advance(PduHeader.Size + length);
    }

    private static void WriteData(IBufferWriter<byte> output, Pdu.Data data)
    {
        if (data.Values.Count == 0) throw new ArgumentException("A P-DATA-TF needs at least one value.", nameof(data));
        long length = 0;
        foreach (var value in data.Values)
        {
            if ((value.ContextId & 1) == 0)
                throw new ArgumentException($"Presentation-context-ID is {value.ContextId}; it must be odd.", nameof(data));
            length += ValueHeaderLength + value.Fragment.Length;
        }
        if (length > int.MaxValue)
            throw new ArgumentException($"A P-DATA-TF of {length} bytes is more than can be sent.", nameof(data));
        WriteDataHeader(output.GetSpan(DataHeaderLength), (int)length);
        output.Advance(DataHeaderLength);
        foreach (var value in data.Values)
        {
            var header = output.GetSpan(ValueHeaderLength);
            WriteValueHeader(header, value.ContextId, value.IsCommand, value.IsLast, value.Fragment.Length);
            output.Advance(ValueHeaderLength);
            output.Write(value.Fragment.Span);
        }
    }
}
