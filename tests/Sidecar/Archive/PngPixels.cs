using System.Buffers.Binary;
using System.IO.Compression;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>Reads the PNGs of these tests: 8 bits, not interlaced, any filter (PNG, 9.2).</summary>
internal static class PngPixels
{
    public static byte[] Gray(byte[] png) => Read(png, out _, out _, out _);

    public static byte[] Read(byte[] png, out int width, out int height, out int samples)
    {
        width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
        Assert.Equal(8, png[24]);
        samples = png[25] == 0 ? 1 : 3;
        using var packed = new MemoryStream();
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                packed.Write(png.AsSpan(at + 8, length));
            at += length + 12;
        }
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var (line, pixels) = (width * samples, new byte[width * height * samples]);
        var above = new byte[line];
        for (var row = 0; row < height; row++)
        {
            var filter = unpacked.ReadByte();
            var now = new byte[line];
            unpacked.ReadExactly(now);
            for (var i = 0; i < line; i++)
            {
                int a = i >= samples ? now[i - samples] : 0, b = above[i], c = i >= samples ? above[i - samples] : 0;
                now[i] += (byte)(filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Paeth(a, b, c), _ => 0 });
            }
            now.CopyTo(pixels, row * line);
            above = now;
        }
        return pixels;
    }

    private static int Paeth(int a, int b, int c)
    {
        var (pa, pb, pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - (2 * c)));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
