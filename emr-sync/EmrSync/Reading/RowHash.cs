using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gantry.EmrSync.Mapping;

namespace Gantry.EmrSync.Reading;

/// <summary>Hashes of rows: 128 bits of SHA-256, so that a change is never overlooked. Not safe for several threads.</summary>
internal sealed class RowHash(OrderShape shape, string settings)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly byte[] _settings = Encoding.UTF8.GetBytes(settings);

    /// <summary>Hash of a row's values as they came; the settings it is mapped by go in too.</summary>
    public string Of(object?[] values)
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_settings);
        for (int index = 0; index < values.Length; index++)
            if (index != shape.ChangedAt) Append(values[index]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.WrittenSpan, hash);
        return Convert.ToHexString(hash[..16]);
    }

    /// <summary>A key as 128 bits, for the sets of keys that were seen.</summary>
    public static UInt128 Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    // Each value with its kind and length before it, so that no two rows are alike by accident
    private void Append(object? value)
    {
        switch (value)
        {
            case null or DBNull: Number('0', 0); break;
            case string text: Text(text); break;
            case DateTime time: Number('D', time.Ticks); break;
            case TimeSpan time: Number('T', time.Ticks); break;
            case bool or byte or short or int or long: Number('I', Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number: Number('F', BitConverter.DoubleToInt64Bits(number)); break;
            case byte[] bytes:
                Number('B', bytes.Length);
                _buffer.Write(bytes);
                break;
            default: Text(value is IFormattable formatted ? formatted.ToString(null, CultureInfo.InvariantCulture) : "?"); break;
        }
    }

    private void Text(string text)
    {
        Number('S', text.Length);
        _buffer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private void Number(char kind, long number)
    {
        Span<byte> place = _buffer.GetSpan(9);
        place[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(place[1..], number);
        _buffer.Advance(9);
    }
}
