using System.Buffers.Binary;

namespace Gantry.Cloud.Events;

/// <summary>Looks whether bytes are a JPEG of a size that a page shows: ITU-T T.81 annex B.</summary>
internal static class JpegCheck
{
    private const int MostBytes = 256 << 10;
    private const int MostPixels = 2048;

    /// <summary>Its size in pixels; null when it is no JPEG, is cut off, or is too large.</summary>
    public static (int Width, int Height)? Size(ReadOnlySpan<byte> file)
    {
        if (file.Length is < 4 or > MostBytes || file[0] != 0xFF || file[1] != 0xD8 || file[^2] != 0xFF || file[^1] != 0xD9)
            return null;
        var at = 2;
        while (at + 4 <= file.Length)
        {
            if (file[at] != 0xFF)
                return null;
            var marker = file[at + 1];
            if (marker == 0xFF)
            {
                at++; // fill bytes, B.1.1.2
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length)
                return null;
            // SOF0 to SOF15 without DHT, JPG and DAC: precision, lines, samples per line
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (length < 8)
                    return null;
                int height = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]), width = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]);
                return height is > 0 and <= MostPixels && width is > 0 and <= MostPixels ? (width, height) : null;
            }
            if (marker is 0xDA or 0xD9)
                return null; // the picture begins, or ends, and nothing has told its size
            at += 2 + length;
        }
        return null;
    }
}
