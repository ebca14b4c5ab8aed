using System.Buffers.Binary;

namespace Gantry.Sidecar.Archive.Thumbnails;

/// <summary>Reads how large a JPEG is from its frame header (ITU-T T.81 B.2.2), without decoding it.</summary>
internal static class JpegSize
{
    /// <summary>False if it is no JPEG, or ends before its frame header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> jpeg, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (jpeg is not [0xFF, 0xD8, ..])
            return false;
        for (var at = 2; at + 9 <= jpeg.Length;)
        {
            if (jpeg[at] != 0xFF)
                return false;
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++; // fill bytes may stand before a marker
                continue;
            }
            // SOF0 to SOF15, without DHT, JPG and DAC, which lie between them
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                height = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]);
                return width > 0 && height > 0;
            }
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }
        return false;
    }
}
