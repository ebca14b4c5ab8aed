using System.Buffers.Binary;
using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Writes elements of an answer into a span, in Implicit or Explicit VR Little Endian (PS3.5 7.1.2 and 7.1.3). What does
/// not fit is not written but remembered in <see cref="IsFull"/>; the caller then starts again with a longer span.
/// </summary>
internal ref struct AnswerBuffer(Span<byte> span, bool isExplicit)
{
    private const uint ItemTag = 0xE000FFFE; // (FFFE,E000) as its four bytes read in little endian

    private readonly Span<byte> _span = span;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>True once something did not fit.</summary>
    public bool IsFull { get; private set; }

    /// <summary>What was written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => _span[..Position];

    /// <summary>Where the next value may be encoded in place: behind the room for its header.</summary>
    public readonly Span<byte> ValueSpan(DicomVr vr) =>
        Position + HeaderLength(vr) < _span.Length ? _span[(Position + HeaderLength(vr))..] : default;

    /// <summary>Says that something will not fit, without trying.</summary>
    public void MarkFull() => IsFull = true;

    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (Reserve(bytes.Length)) bytes.CopyTo(_span[(Position - bytes.Length)..]);
    }

    public void WriteHeader(DicomTag tag, DicomVr vr, int length)
    {
        var headerLength = HeaderLength(vr);
        if (!Reserve(headerLength)) return;
        var header = _span.Slice(Position - headerLength, headerLength);
        BinaryPrimitives.WriteUInt16LittleEndian(header, tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], tag.Element);
        if (!isExplicit)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], length);
            return;
        }

        var name = vr.ToString();
        header[4] = (byte)name[0];
        header[5] = (byte)name[1];
        if (headerLength == 8)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)length);
            return;
        }

        header[6..8].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], length);
    }

    /// <summary>An element whose value is one of ours, in ASCII, padded to even length (PS3.5 7.1.1).</summary>
    public void WriteElement(DicomTag tag, DicomVr vr, scoped ReadOnlySpan<byte> value)
    {
        WriteHeader(tag, vr, value.Length + (value.Length & 1));
        Write(value);
        Pad(vr, value.Length);
    }

    /// <summary>Closes an element whose value was encoded into <see cref="ValueSpan"/>.</summary>
    public void CloseElement(DicomTag tag, DicomVr vr, int valueLength)
    {
        WriteHeader(tag, vr, valueLength + (valueLength & 1));
        Reserve(valueLength);
        Pad(vr, valueLength);
    }

    /// <summary>Starts a sequence with one item, both of a length that <see cref="EndSequence"/> fills in; returns the place.</summary>
    public int BeginSequence(DicomTag tag)
    {
        WriteHeader(tag, DicomVr.SQ, 0);
        var item = Position;
        if (Reserve(8)) BinaryPrimitives.WriteUInt32LittleEndian(_span[item..], ItemTag);
        return item;
    }

    public readonly void EndSequence(int item)
    {
        if (IsFull) return;
        BinaryPrimitives.WriteInt32LittleEndian(_span[(item + 4)..], Position - item - 8);
        BinaryPrimitives.WriteInt32LittleEndian(_span[(item - 4)..], Position - item);
    }

    private readonly int HeaderLength(DicomVr vr) => isExplicit && HasLongHeader(vr) ? 12 : 8;

    // PS3.5 7.1.2: these have two reserved bytes and a length of 32 bits
    private static bool HasLongHeader(DicomVr vr) => vr is DicomVr.OB or DicomVr.OD or DicomVr.OF or DicomVr.OL or DicomVr.OV
        or DicomVr.OW or DicomVr.SQ or DicomVr.SV or DicomVr.UC or DicomVr.UN or DicomVr.UR or DicomVr.UT or DicomVr.UV;

    private void Pad(DicomVr vr, int valueLength)
    {
        if ((valueLength & 1) == 0 || !Reserve(1)) return;
        _span[Position - 1] = vr == DicomVr.UI ? (byte)0 : (byte)' ';
    }

    private bool Reserve(int count)
    {
        if (IsFull || count > _span.Length - Position)
        {
            IsFull = true;
            return false;
        }

        Position += count;
        return true;
    }
}
