namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A labelled test card for modalities that no anatomy is drawn for: a frame, circles, a grey wedge, line pairs and the
/// modality's code.
/// </summary>
internal static class TestCard
{
    // Five columns by seven rows per letter, one byte per row, for A-Z and 0-9
    private static readonly Dictionary<char, ulong> Letters = Font.Load();

    /// <summary>Draws the card, 8 bits deep.</summary>
    public static PhantomImage Draw(string label, int number, int size = 512)
    {
        var canvas = new Canvas(size, size, 0, 0, 512f / size);
        for (int row = 0, i = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++, i++)
            {
                float x = canvas.X(column), y = canvas.Y(row);
                var isLine = (int)x % 32 == 0 || (int)y % 32 == 0;
                canvas.Values[i] = isLine ? 96 : 64;
                if (y is >= 384 and < 432 && x is >= 64 and < 448)
                    canvas.Values[i] = MathF.Floor((x - 64) / 24) * 17;
                if (y is >= 440 and < 464 && x is >= 64 and < 448)
                    canvas.Values[i] = (int)((x - 64) / (1 + MathF.Floor((x - 64) / 64))) % 2 == 0 ? 230 : 20;
            }
        }

        foreach (var radius in (ReadOnlySpan<float>)[244, 150])
        {
            canvas.Visit(new Ellipse(256, 256, radius, radius), 2, 0,
                static (ref float pixel, float _, int _, float distance, float _, int _) =>
                pixel += Canvas.Inside(MathF.Abs(distance) - 1.2f, 1) * (220 - pixel));
        }

        canvas.Paint(new Tube(110, 256, 62, 402, 256, 62), 24, 1);
        Write(canvas, label, 256, 226, 9);
        Write(canvas, "IMAGE " + number.ToString(System.Globalization.CultureInfo.InvariantCulture), 256, 330, 3);
        Write(canvas, "GANTRY", 256, 120, 5);
        return new PhantomImage(size, size, 8, Array.ConvertAll(canvas.Values, v => (ushort)Math.Clamp(v, 0, 255)))
        {
            WindowCenter = 128, WindowWidth = 256, PixelSpacing = canvas.Spacing,
        };
    }

    private static void Write(Canvas canvas, string text, float middle, float top, float dot)
    {
        var x = middle - (((text.Length * 6) - 1) * dot / 2);
        foreach (var letter in text)
        {
            for (var bit = 0; bit < 35 && Letters.TryGetValue(char.ToUpperInvariant(letter), out var shape); bit++)
            {
                if ((shape >> bit & 1) != 0)
                    canvas.Paint(new Ellipse(x + ((bit % 5) * dot), top + ((bit / 5) * dot), dot * 0.62f, dot * 0.62f), 240,
                        0.8f);
            }

            x += 6 * dot;
        }
    }
}
