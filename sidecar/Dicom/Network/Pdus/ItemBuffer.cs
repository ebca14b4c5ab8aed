using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>
/// A growing buffer for the items of an A-ASSOCIATE PDU, whose lengths stand before their content and are filled in once the
/// content is written.
/// </summary>
internal sealed class ItemBuffer
{
    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    private byte[] _bytes = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The next <paramref name="length"/> bytes, all zero, to be filled in before the next call.</summary>
    public Span<byte> Append(int length)
    {
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        var span = _bytes.AsSpan(_length, length);
        _length += length;
        return span;
    }

    public void Byte(byte value) => Append(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Append(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Append(4), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>A UID: 1 to 64 digits and dots, not padded (PS3.8 Annex F).</summary>
    /// <exception cref="ArgumentException">It cannot be sent.</exception>
    public void Uid(string uid, string field)
    {
        if (uid.Length is < 1 or > 64 || uid.AsSpan().ContainsAnyExcept(UidCharacters))
            throw new ArgumentException($"{field} must be a UID of 1 to 64 digits and dots.", nameof(uid));
        Encoding.ASCII.GetBytes(uid, Append(uid.Length));
    }

    /// <summary>A UID behind its length.</summary>
    public void CountedUid(string uid, string field)
    {
        var start = BeginLength();
        Uid(uid, field);
        EndLength(start, field);
    }

    /// <summary>Bytes behind their length.</summary>
    public void Counted(ReadOnlySpan<byte> bytes, string field)
    {
        var start = BeginLength();
        Bytes(bytes);
        EndLength(start, field);
    }

    /// <summary>The header of an item: type, a reserved byte, and a length for <see cref="EndLength"/> to fill in.</summary>
    public int BeginItem(byte type)
    {
        Byte(type);
        Byte(0);
        return BeginLength();
    }

    /// <summary>A two-byte length for <see cref="EndLength"/> to fill in; the result is where it counts from.</summary>
    public int BeginLength()
    {
        UInt16(0);
        return _length;
    }

    /// <exception cref="ArgumentException">The content does not fit a two-byte length.</exception>
    public void EndLength(int start, string field)
    {
        var length = _length - start;
        if (length > ushort.MaxValue)
            throw new ArgumentException($"{field} takes {length} bytes; a PDU item holds {ushort.MaxValue}.");
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(start - 2), (ushort)length);
    }
}
