using System.Buffers.Binary;
using System.Buffers.Text;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Reads the binary netpbm formats PGM (P5) and PPM (P6), 8 or 16 bits, big endian.</summary>
internal static class Netpbm
{
    /// <exception cref="PictureException">It is no such file, or it is cut off.</exception>
    public static (int Width, int Height, int Samples, ushort[] Values) Read(ReadOnlySpan<byte> file)
    {
        if (file is not [(byte)'P', (byte)'5' or (byte)'6', ..])
            throw new PictureException("The decoder wrote no picture.");
        var samples = file[1] == '5' ? 1 : 3;
        var rest = file[2..];
        var (width, height, largest) = (Number(ref rest), Number(ref rest), Number(ref rest));
        // One blank, then the pixels
        rest = rest.IsEmpty ? rest : rest[1..];
        var (count, wide) = ((long)width * height * samples, largest > 255);
        if (width < 1 || height < 1 || largest is < 1 or > 65535 || rest.Length < count * (wide ? 2 : 1))
            throw new PictureException("The picture that the decoder wrote is cut off.");
        var values = new ushort[count];
        for (var i = 0; i < values.Length; i++)
            values[i] = wide ? BinaryPrimitives.ReadUInt16BigEndian(rest[(2 * i)..]) : rest[i];
        return (width, height, samples, values);
    }

    private static int Number(ref ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && !char.IsAsciiDigit((char)text[0]))
        {
            // A comment goes to the end of its line
            var skip = text[0] == '#' ? text.IndexOf((byte)'\n') : 1;
            text = skip < 0 ? [] : text[Math.Max(1, skip)..];
        }
        if (!Utf8Parser.TryParse(text, out int number, out var used))
            return 0;
        text = text[used..];
        return number;
    }
}
