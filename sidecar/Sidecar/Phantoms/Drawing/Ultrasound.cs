namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// An abdominal ultrasound image, right flank: liver with its vessels, right kidney with a cyst, gall bladder with a stone and
/// its shadow, diaphragm. Drawn along the beams, as the machine makes it, then bent into the sector of a curved probe.
/// </summary>
internal sealed class Ultrasound(int seed)
{
    private const float ProbeRadius = 55, Depth = 150, HalfAngle = 34;
    private const int Beams = 220, Samples = 520;
    private readonly Grain _grain = new(seed);

    /// <summary>Draws one image, 8 bits deep; <paramref name="phase"/> (0 to 1) tilts the probe a little.</summary>
    public PhantomImage Draw(float phase = 0, int columns = 640, int rows = 480)
    {
        var spacing = (Depth + 18) / rows;
        var anatomy = new Canvas(440, 340, -110, -6, 0.5f);
        UltrasoundAnatomy.Draw(anatomy, phase, _grain);
        var echoes = Scan(anatomy, (int)(phase * 1000));
        var pixels = new ushort[columns * rows];
        for (int row = 0, i = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++, i++)
            {
                float x = (column - (columns / 2f)) * spacing, y = (row * spacing) - 6;
                var radius = MathF.Sqrt((x * x) + ((y + ProbeRadius) * (y + ProbeRadius)));
                var angle = MathF.Atan2(x, y + ProbeRadius) * 180 / MathF.PI;
                if (MathF.Abs(angle) < HalfAngle && radius > ProbeRadius && radius < ProbeRadius + Depth)
                    pixels[i] = (ushort)Sample(echoes, (angle + HalfAngle) / (2 * HalfAngle) * (Beams - 1.01f),
                        (radius - ProbeRadius) / Depth * (Samples - 1.01f));
            }
        }

        DrawScales(pixels, columns, rows, spacing);
        return new PhantomImage(columns, rows, 8, pixels) { WindowCenter = 128, WindowWidth = 256, PixelSpacing = spacing };
    }

    // Echo amplitude per beam and depth: reflectivity times speckle, lost behind stones, gained behind fluid; then
    // log-compressed.
    private float[] Scan(Canvas anatomy, int z)
    {
        var echoes = new float[Beams * Samples];
        for (var beam = 0; beam < Beams; beam++)
        {
            var angle = ((beam / (Beams - 1f) * 2) - 1) * HalfAngle * MathF.PI / 180;
            float sin = MathF.Sin(angle), cos = MathF.Cos(angle), gain = 1;
            for (var sample = 0; sample < Samples; sample++)
            {
                var radius = ProbeRadius + (sample * Depth / Samples);
                float x = radius * sin, y = (radius * cos) - ProbeRadius;
                int column = Math.Clamp((int)((x + 110) * 2), 0, 439), row = Math.Clamp((int)((y + 6) * 2), 0, 339);
                var tissue = anatomy.Values[(row * 440) + column];
                if (tissue > 1.9f)
                    gain *= 0.8f; // a stone lets little through
                else if (tissue < 0.03f && sample > 60)
                    gain = MathF.Min(1.9f, gain * 1.004f); // fluid absorbs nothing, tissue behind it looks brighter
                // speckle: the length of a sum of many small waves, longer across the beam than along it, the more so with depth
                float across = beam / (1.5f + (0.6f * sample / Samples)), along = sample / 2.6f;
                float re = _grain.Smooth(across * 1.4f, along, z), im = _grain.Smooth((across * 1.4f) + 900, along + 300, z);
                var speckle = MathF.Sqrt((re * re) + (im * im)) * 1.7f;
                var amplitude = tissue * gain * (0.06f + speckle);
                echoes[(beam * Samples) + sample] = Math.Clamp(158 + (66 * MathF.Log10(amplitude + 0.004f)), 3, 255);
            }
        }

        return echoes;
    }

    private static float Sample(float[] echoes, float beam, float sample)
    {
        int b = (int)beam, s = (int)sample, at = (b * Samples) + s;
        float fb = beam - b, fs = sample - s;
        var near = echoes[at] + (fs * (echoes[at + 1] - echoes[at]));
        var next = echoes[at + Samples] + (fs * (echoes[at + Samples + 1] - echoes[at + Samples]));
        return near + (fb * (next - near));
    }

    // A grey wedge on the left and a mark every centimetre of depth on the right.
    private static void DrawScales(ushort[] pixels, int columns, int rows, float spacing)
    {
        for (var row = 40; row < Math.Min(rows, 200); row++)
        {
            for (var column = 14; column < 26; column++)
                pixels[(row * columns) + column] = (ushort)((200 - row) * 255 / 160);
        }

        for (var cm = 0; cm <= Depth / 10; cm++)
        {
            var row = (int)(((cm * 10) + 6) / spacing);
            for (var column = columns - (cm % 5 == 0 ? 26 : 20); column < columns - 14 && row < rows; column++)
                pixels[(row * columns) + column] = 200;
        }
    }
}
