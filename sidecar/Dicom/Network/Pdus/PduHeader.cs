using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom.Network;

/// <summary>The six bytes at the start of a PDU: type, a reserved byte, and the length of what follows (PS3.8 9.3.1).</summary>
/// <param name="Type">Which of the seven PDUs.</param>
/// <param name="Length">Bytes after the header.</param>
internal readonly record struct PduHeader(PduType Type, uint Length)
{
    /// <summary>Bytes of the header itself.</summary>
    public const int Size = 6;

    /// <summary>Bytes between the header and the items of an A-ASSOCIATE-RQ or -AC (PS3.8 Table 9-11).</summary>
    public const int AssociateFixedLength = 68;

    /// <summary>Bytes of the whole PDU.</summary>
    public long TotalLength => Size + (long)Length;

    /// <summary>
    /// Reads and checks the header at the start of <paramref name="input"/>, which stays as it is. False: fewer than six
    /// bytes are there.
    /// </summary>
    /// <exception cref="ProtocolViolationException">The type is unknown, or the length is not possible for it.</exception>
    public static bool TryRead(in ReadOnlySequence<byte> input, PduLimits limits, out PduHeader header)
    {
        var first = input.FirstSpan;
        if (first.Length >= Size)
        {
            header = Parse(first, limits);
            return true;
        }
        if (input.Length < Size)
        {
            header = default;
            return false;
        }
        Span<byte> joined = stackalloc byte[Size];
        input.Slice(0, Size).CopyTo(joined);
        header = Parse(joined, limits);
        return true;
    }

    private static PduHeader Parse(ReadOnlySpan<byte> bytes, PduLimits limits)
    {
        var type = (PduType)bytes[0];                                // 1 PDU-type; 2 reserved, not tested
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]); // 3-6 PDU-length
        switch (type)
        {
            case PduType.Data:
                // The shortest variable field is one empty presentation data value
                if (length < PresentationDataReader.ValueHeaderLength)
                    throw Invalid(type, length, $"at least {PresentationDataReader.ValueHeaderLength}, one PDV");
                if (limits.MaximumDataLength != 0 && length > limits.MaximumDataLength)
                    throw Invalid(type, length, $"at most {limits.MaximumDataLength}, the maximum length this side announced");
                break;
            case PduType.AssociateRequest or PduType.AssociateAccept:
                if (length < AssociateFixedLength) throw Invalid(type, length, $"at least {AssociateFixedLength}");
                if (length > limits.MaximumAssociateLength)
                    throw Invalid(type, length, $"at most {limits.MaximumAssociateLength}");
                break;
            case PduType.AssociateReject or PduType.ReleaseRequest or PduType.ReleaseResponse or PduType.Abort:
                if (length != 4) throw Invalid(type, length, "exactly 4"); // PS3.8 Tables 9-21, 9-24, 9-25, 9-26
                break;
            default:
                throw new ProtocolViolationException(
                    AbortReason.UnrecognizedPdu,
                    $"PDU-type at offset 0 is {bytes[0]:X2}H; expected 01H to 07H (does the peer speak DICOM, without TLS?).");
        }
        return new PduHeader(type, length);
    }

    private static ProtocolViolationException Invalid(PduType type, uint length, string expected) => new(
        AbortReason.InvalidPduParameterValue, $"PDU-length at offset 2 of {type.NameOf()} is {length}; expected {expected}.");
}
