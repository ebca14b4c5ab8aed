namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A drawn image: stored pixel values with what a viewer needs to show them. One sample per pixel, unsigned; several frames
/// follow each other in <paramref name="Pixels"/>.
/// </summary>
/// <param name="Columns">Width in pixels.</param>
/// <param name="Rows">Height in pixels.</param>
/// <param name="BitsStored">8 (kept in one byte each) or 9 to 16 (two bytes each).</param>
/// <param name="Pixels">Frames * Rows * Columns stored values, frame after frame, row after row.</param>
internal sealed record PhantomImage(int Columns, int Rows, int BitsStored, ushort[] Pixels)
{
    /// <summary>How many frames <see cref="Pixels"/> holds.</summary>
    public int Frames => Pixels.Length / (Columns * Rows);

    /// <summary>What one stored step means in the modality's unit.</summary>
    public double RescaleSlope { get; init; } = 1;

    /// <summary>The modality's unit of stored value 0 (-1024 for CT).</summary>
    public double RescaleIntercept { get; init; }

    /// <summary>Centre of the window, after rescaling.</summary>
    public required double WindowCenter { get; init; }

    /// <summary>Width of the window, after rescaling.</summary>
    public required double WindowWidth { get; init; }

    /// <summary>True when the lowest value is shown white (MONOCHROME1).</summary>
    public bool LowIsWhite { get; init; }

    /// <summary>Millimetres between pixel centres, or at the detector for projections.</summary>
    public required double PixelSpacing { get; init; }

    /// <summary>The value of Pixel Data: little endian, an even number of bytes.</summary>
    public byte[] ToBytes()
    {
        if (BitsStored > 8)
        {
            var words = new byte[Pixels.Length * 2];
            for (var i = 0; i < Pixels.Length; i++)
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(words.AsSpan(2 * i), Pixels[i]);
            return words;
        }

        var bytes = new byte[(Pixels.Length + 1) & ~1];
        for (var i = 0; i < Pixels.Length; i++)
            bytes[i] = (byte)Pixels[i];
        return bytes;
    }
}
