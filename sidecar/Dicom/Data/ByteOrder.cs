using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gantry.Dicom;

/// <summary>Turns numbers between big and little endian (PS3.5 7.3).</summary>
internal static class ByteOrder
{
    /// <summary>
    /// A copy with each unit of 2, 4 or 8 bytes turned round; units of 1 need none. An incomplete last unit stays as it is.
    /// </summary>
    public static ReadOnlyMemory<byte> Reversed(ReadOnlyMemory<byte> value, int unitSize)
    {
        if (unitSize == 1)
            return value;
        var reversed = value.ToArray();
        Reverse(reversed, unitSize);
        return reversed;
    }

    /// <summary>The same in place.</summary>
    public static void Reverse(Span<byte> value, int unitSize)
    {
        var whole = value[..(value.Length - value.Length % unitSize)];
        switch (unitSize)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(whole);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(whole);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(whole);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
