using System.Buffers.Binary;
using System.IO.Compression;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Writes PNG (ISO/IEC 15948), 8 bits, gray or RGB.</summary>
internal static class PngWriter
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(start =>
    {
        var crc = (uint)start;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        return crc;
    })];

    public static byte[] Write(ScreenPicture picture)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = picture.Samples == 1 ? (byte)0 : (byte)2;
        Chunk(file, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = new byte[1 + (picture.Width * picture.Samples)];
            line[0] = 1; // filter Sub: each byte less the one of the pixel before it
            for (var row = 0; row < picture.Height; row++)
            {
                var source = picture.Bytes.AsSpan(row * (line.Length - 1), line.Length - 1);
                for (var i = 0; i < source.Length; i++)
                    line[i + 1] = (byte)(source[i] - (i >= picture.Samples ? source[i - picture.Samples] : 0));
                zlib.Write(line);
            }
        }
        Chunk(file, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(Crc(0xFFFFFFFF, type), data) ^ 0xFFFFFFFF);
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            crc = CrcTable[(crc ^ one) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}
