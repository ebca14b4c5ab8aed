namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// The wall of the trunk on CT: skin, fat, muscle, ribs and spine, and what fills the cavity above and below the diaphragm.
/// </summary>
internal static class CtTrunk
{
    private const float Air = -1000, Lung = -865, Fat = -105, Muscle = 58, Skin = 25, Marrow = 230, Cortex = 780;

    /// <summary>Half width and half depth of the space inside the ribs at height <paramref name="z"/>.</summary>
    public static (float Width, float Depth) Cavity(float z)
    {
        var up = MathF.Max(0, z);
        return (131 - (0.0021f * up * up), 84 - (0.0011f * up * up));
    }

    /// <summary>
    /// Height of the diaphragm above the point: two domes, the right one higher, and a saddle under the heart; deepest at the
    /// back.
    /// </summary>
    public static float Diaphragm(float x, float y)
    {
        float dy = (y + 6) / 80, right = (x + 66) / 66, left = (x - 68) / 64, middle = x / 70;
        var lowest = -(60 + (0.22f * y)) * dy * dy;
        var domes = MathF.Max(24 - (62 * right * right), 12 - (62 * left * left));
        return MathF.Max(domes, -6 - (40 * middle * middle)) + lowest;
    }

    public static void Draw(Canvas canvas, float z, float[] belowDiaphragm, Grain grain)
    {
        var (width, depth) = Cavity(z);
        var waist = Math.Clamp((z + 30) / -60, 0f, 1f);
        var cavity = new Ellipse(0, -4, width, depth);
        var wall = new Ellipse(0, -3, width + 17 - (3 * waist), depth + 17);
        var body = new Ellipse(0, 0, width + 36 + (4 * waist), depth + 33 + (5 * waist));
        var table = new Ellipse(0, -300, 460, 425);
        for (int row = 0, i = 0; row < canvas.Rows; row++)
        {
            var y = canvas.Y(row);
            for (var column = 0; column < canvas.Columns; column++, i++)
            {
                var x = canvas.X(column);
                // the back is flatter than the front
                var yy = y > 0 ? y * (1 + (0.0007f * y)) : y;
                var outline = body.Distance(x, yy);
                if (outline > 1)
                {
                    canvas.Values[i] = outline > 3 && MathF.Abs(x) < 165 && y > 90 ? Air + TableTop(table.Distance(x, y)) : Air;
                    continue;
                }

                var value = Air + ((Skin - Air) * Canvas.Inside(outline, 0.8f));
                value += (Fat + (8 * grain.Smooth(x / 9, y / 9, z / 20)) - value) * Canvas.Inside(outline + 2.2f, 0.7f);
                var inWall = wall.Distance(x, yy);
                if (inWall < 1)
                {
                    value += (Muscle - value) * Canvas.Inside(inWall, 0.8f);
                    var inside = cavity.Distance(x, yy);
                    if (inside > -1 && inWall < 0)
                        value = Wall(x, y, z, inside, value, grain);
                    if (inside < 1)
                    {
                        // a slice through the slope of the dome averages lung and liver: soft over 5 mm of height
                        var below = Canvas.Inside(z - Diaphragm(x, yy), 5);
                        belowDiaphragm[i] = below * Canvas.Inside(inside + 1.5f, 1);
                        var lung = Lung + (25 * grain.Smooth(x / 14, y / 14, z / 14)) + (0.22f * (y + 20));
                        value += ((below * Fat) + ((1 - below) * lung) - value) * Canvas.Inside(inside, 0.8f);
                    }
                }

                canvas.Values[i] = value;
            }
        }
    }

    public static void DrawSpine(Canvas canvas, float z)
    {
        const float back = 46;
        // a vertebra with its disc every 27 mm
        var level = z / 27;
        var phase = MathF.Abs(level - MathF.Floor(level) - 0.5f);
        var disc = Canvas.Inside((0.40f - phase) * 27, 1.5f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            canvas.Paint(new Ellipse(side * 27, back + 33, 21, 15, side * 14), 62, 1.5f);
            canvas.Paint(new Tube(side * 4, back + 31, 4.5f, side * 34, back + 20, 3.2f), Cortex * (1 - (0.9f * disc)), 0.9f);
            canvas.Paint(new Tube(side * 12, back + 10, 4.2f, side * 12, back + 26, 4.5f), Cortex * 0.8f * (1 - (0.9f * disc)),
                0.9f);
        }

        canvas.Paint(new Tube(0, back + 29, 4, 0, back + 50, 2.4f), Cortex * (1 - (0.6f * disc)), 0.9f);
        canvas.Paint(new Ellipse(0, back, 20, 16), Cortex - (disc * (Cortex - 110)), 0.9f);
        canvas.Paint(new Ellipse(0, back, 18, 14), Marrow - (disc * (Marrow - 85)), 1.4f);
        canvas.Paint(new Ellipse(0, back + 21, 10, 8.5f), 12, 0.9f);
        canvas.Paint(new Ellipse(0, back + 21, 5.5f, 4.5f), 42, 0.9f);
        if (z > 0)
        {
            canvas.Paint(new Ellipse(0, -94 + (z * 0.16f), 19, 6.5f), Cortex * 0.75f, 0.9f);
            canvas.Paint(new Ellipse(0, -94 + (z * 0.16f), 17, 4.5f), Marrow, 0.9f);
        }
    }

    private static float TableTop(float distance) =>
        620 * Canvas.Inside(MathF.Abs(distance) - 1.2f, 0.8f) + (60 * Canvas.Inside(MathF.Abs(distance - 9) - 8, 0.8f));

    // The chest wall: fat planes between the muscles, and ribs, each a ring that slopes down to the front.
    private static float Wall(float x, float y, float z, float inside, float value, Grain grain)
    {
        var plane = grain.Smooth(x / 16, y / 16, z / 30);
        value -= 75 * Canvas.Inside(MathF.Abs(inside - 9 - (4 * plane)) - (1.6f * grain.Smooth(x / 21, y / 21, (z / 40) + 9)),
            0.8f);
        var angle = MathF.Atan2(MathF.Abs(x), y + 4) / MathF.PI; // 0 at the spine, 1 at the breastbone
        var slope = z + (105 * angle) - (12 * MathF.Sin(angle * 9));
        var level = slope / 25;
        var offset = (level - MathF.Floor(level) - 0.5f) * 25;
        if (slope < -62 || angle > 0.93f || (slope < 0 && angle > 0.72f))
            return value;
        float r = (inside - 4.5f) / 4.4f, h = offset / 7.5f, rib = (MathF.Sqrt((r * r) + (h * h)) - 1) * 4.4f;
        if (rib > 1)
            return value;
        // towards the breastbone ribs are cartilage
        var cartilage = Canvas.Inside((0.76f - angle) * 100, 3);
        var shell = Cortex - (cartilage * (Cortex - 150));
        var core = Marrow - (cartilage * (Marrow - 120));
        value += (shell - value) * Canvas.Inside(rib, 0.8f);
        return value + ((core - value) * Canvas.Inside(rib + 1.6f, 0.8f));
    }
}
