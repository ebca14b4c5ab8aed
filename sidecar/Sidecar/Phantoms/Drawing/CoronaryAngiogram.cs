namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A run of X-ray frames of a left coronary artery: contrast medium flows in through a catheter, fills the tree from its stem
/// to its tips while the heart beats, and washes out. Contrast is dark, as on the monitor of the lab.
/// </summary>
internal static class CoronaryAngiogram
{
    private const float FieldOfView = 160;

    /// <summary>Frames per second of the run.</summary>
    public const int FrameRate = 15;

    /// <summary>Draws the run, 8 bits deep.</summary>
    public static PhantomImage Draw(int seed, int frames, int size = 512)
    {
        var spacing = FieldOfView / size;
        var vessels = new Canvas(size, size, -FieldOfView / 2, -FieldOfView / 2, spacing);
        var arrival = new float[size * size];
        CoronaryTree.Draw(vessels, arrival, new Dice(seed));
        var background = Background(size, spacing, new Grain(seed));
        var grain = new Grain(seed + 1);
        var pixels = new ushort[frames * size * size];
        for (var frame = 0; frame < frames; frame++)
            DrawFrame(pixels.AsSpan(frame * size * size, size * size), vessels, arrival, background, grain, frame, frames);
        return new PhantomImage(size, size, 8, pixels) { WindowCenter = 128, WindowWidth = 256, PixelSpacing = spacing };
    }

    private static void DrawFrame(Span<ushort> pixels, Canvas vessels, float[] arrival, float[] background, Grain grain,
        int frame, int frames)
    {
        var size = vessels.Columns;
        // the run always shows inflow, filling and washout, however many frames it has; 0 to 1
        var time = frame / MathF.Max(1, frames - 1f);
        // one heart beat takes 0.8 s; the arteries move with it about a point near the root of the aorta
        var beat = MathF.Sin(frame * 2 * MathF.PI / (0.8f * FrameRate));
        float scale = 1 + (0.025f * beat), shift = 2.2f * beat;
        for (int row = 0, i = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++, i++)
            {
                float x = ((column - (size * 0.3f)) * scale) + (size * 0.3f),
                    y = ((row - (size * 0.25f)) * scale) + (size * 0.25f) + shift;
                int x0 = Math.Clamp((int)x, 0, size - 2), y0 = Math.Clamp((int)y, 0, size - 2), at = (y0 * size) + x0;
                float fx = Math.Clamp(x - x0, 0f, 1f), fy = Math.Clamp(y - y0, 0f, 1f);
                var v = vessels.Values;
                var thick = ((1 - fy) * (((1 - fx) * v[at]) + (fx * v[at + 1])))
                    + (fy * (((1 - fx) * v[at + size]) + (fx * v[at + size + 1])));
                var value = background[i];
                if (thick > 0)
                    value *= MathF.Exp(-0.30f * thick * Concentration(time, Way(arrival, at, size)));
                pixels[i] = (ushort)Math.Clamp(value + (4.5f * grain.White(column, row, frame)), 0, 255);
            }
        }
    }

    // Between pixels: those beside a vessel hold no way of their own.
    private static float Way(float[] arrival, int at, int size) =>
        MathF.Max(MathF.Max(arrival[at], arrival[at + 1]), MathF.Max(arrival[at + size], arrival[at + size + 1]));

    // Contrast reaches a place after the way from the ostium, stays for a while, and is washed out.
    private static float Concentration(float time, float way)
    {
        var reached = Canvas.Inside(0.14f + (0.0022f * way) - time, 0.06f);
        return reached * (1 - (0.93f * Canvas.Inside(0.62f + (0.0014f * way) - time, 0.16f)));
    }

    private static float[] Background(int size, float spacing, Grain grain)
    {
        var canvas = new Canvas(size, size, -FieldOfView / 2, -FieldOfView / 2, spacing);
        Array.Fill(canvas.Values, 190f);
        canvas.AddRound(new Ellipse(12, 4, 76, 62, 32), -52, 62);
        canvas.AddRound(new Ellipse(-4, 112, 120, 60), -62, 22);
        for (var i = 0; i < 6; i++)
        {
            // the spine at the left edge and ribs across, out of focus behind the heart
            canvas.AddRound(BentTube.Through(1, (-84, -84 + (i * 32), 13), (-66, -82 + (i * 32), 13)), -20, 5);
            canvas.AddRound(BentTube.Through(4, (-70, -88 + (i * 30), 5), (-10, -96 + (i * 30), 5), (85, -62 + (i * 30), 5)),
                -9, 5);
        }

        // the catheter comes down the aorta and hooks into the left main stem
        canvas.AddRound(BentTube.Through(6, (-58, -85, 1.1f), (-55, -50, 1.1f), (-52, -28, 1.1f), (-46, -20, 1.1f),
            (-41, -26, 1)), -42, 1);
        for (int row = 0, i = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++, i++)
                canvas.Values[i] += 7 * grain.Fractal(column / 42f, row / 42f, 0, 3);
        }

        return canvas.Values;
    }
}
