using System.Buffers.Binary;
using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>
/// Writes a command set, element by element in the order of their tags, as Implicit VR Little Endian (PS3.7 6.3.1). The
/// group length comes first and is filled in by <see cref="Finish"/>.
/// </summary>
internal ref struct CommandWriter
{
    private const int GroupLengthSize = 12;
    private readonly Span<byte> _destination;

    public CommandWriter(Span<byte> destination)
    {
        _destination = destination;
        Length = GroupLengthSize;
    }

    /// <summary>Bytes written, the group length included.</summary>
    public int Length { get; private set; }

    /// <summary>A US.</summary>
    public void UInt16(ushort element, ushort value)
    {
        Header(element, 2);
        BinaryPrimitives.WriteUInt16LittleEndian(_destination[Length..], value);
        Length += 2;
    }

    /// <summary>A UI, padded with a zero byte.</summary>
    public void Uid(ushort element, string value) => Text(element, value, 0);

    /// <summary>An LO or AE, padded with a space; what is not printable ASCII becomes '?'.</summary>
    public void Text(ushort element, string value) => Text(element, value, (byte)' ');

    /// <summary>An AT of one or more tags.</summary>
    public void Tags(ushort element, IReadOnlyList<DicomTag> tags)
    {
        Header(element, 4 * tags.Count);
        for (var i = 0; i < tags.Count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_destination[Length..], tags[i].Group);
            BinaryPrimitives.WriteUInt16LittleEndian(_destination[(Length + 2)..], tags[i].Element);
            Length += 4;
        }
    }

    /// <summary>Writes (0000,0000) and returns the command set.</summary>
    public readonly ReadOnlySpan<byte> Finish()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_destination, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(_destination[4..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(_destination[8..], (uint)(Length - GroupLengthSize));
        return _destination[..Length];
    }

    private void Text(ushort element, string value, byte padding)
    {
        var even = value.Length + (value.Length & 1);
        Header(element, even);
        var target = _destination.Slice(Length, even);
        Encoding.ASCII.GetBytes(value, target);
        for (var i = 0; i < value.Length; i++)
        {
            if (target[i] is < 0x20 or > 0x7E) target[i] = (byte)'?';
        }
        if (even > value.Length) target[^1] = padding;
        Length += even;
    }

    private void Header(ushort element, int valueLength)
    {
        var header = _destination.Slice(Length, 8);
        BinaryPrimitives.WriteUInt16LittleEndian(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)valueLength);
        Length += 8;
    }
}
