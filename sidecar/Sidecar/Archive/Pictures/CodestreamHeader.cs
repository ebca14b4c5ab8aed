using System.Buffers.Binary;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>
/// What a JPEG 2000 codestream says about itself in its marker segment SIZ (ITU-T T.800 A.5.1), read before anything is decoded:
/// a header of a few bytes could ask for any amount of memory.
/// </summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1 for gray, 3 for colour.</param>
/// <param name="Bits">Bits of the first component.</param>
/// <param name="IsSigned">Whether the first component has a sign.</param>
internal readonly record struct CodestreamHeader(int Width, int Height, int Components, int Bits, bool IsSigned)
{
    /// <summary>How much of a file is enough to find the header, even within the boxes of JP2.</summary>
    public const int LongestSearch = 64 * 1024;

    // SOC, then SIZ, which must come first
    private static ReadOnlySpan<byte> Start => [0xFF, 0x4F, 0xFF, 0x51];

    /// <exception cref="PictureException">There is no codestream, or its header makes no sense.</exception>
    public static CodestreamHeader Read(ReadOnlySpan<byte> file)
    {
        var at = file[..Math.Min(file.Length, LongestSearch)].IndexOf(Start);
        if (at < 0)
            throw new PictureException("The pixel data is no JPEG 2000 codestream.");
        // 4 SOC and SIZ, 2 Lsiz, 2 Rsiz, then Xsiz, Ysiz, XOsiz, YOsiz and four tile sizes of 4 bytes, 2 Csiz, 3 for each component
        var siz = file[(at + 4)..];
        if (siz.Length < 39)
            throw new PictureException("The JPEG 2000 header is cut off.");
        long width = (long)BinaryPrimitives.ReadUInt32BigEndian(siz[4..]) - BinaryPrimitives.ReadUInt32BigEndian(siz[12..]);
        long height = (long)BinaryPrimitives.ReadUInt32BigEndian(siz[8..]) - BinaryPrimitives.ReadUInt32BigEndian(siz[16..]);
        var (components, depth) = (BinaryPrimitives.ReadUInt16BigEndian(siz[36..]), siz[38]);
        if (width is < 1 or > 65535 || height is < 1 or > 65535)
            throw new PictureException(FormattableString.Invariant($"The JPEG 2000 header says {width} x {height} pixels."));
        return new((int)width, (int)height, components, (depth & 0x7F) + 1, (depth & 0x80) != 0);
    }
}
