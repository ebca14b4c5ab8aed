using System.Numerics;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A chest radiograph, PA: the patient's right is on the left of the image. What is added up is attenuation, as if in
/// centimetres of water; coordinates are millimetres with x to the patient's left and y to the feet, 0 between the hila.
/// </summary>
internal static class Chest
{
    private const float Width = 352, Height = 428;

    /// <summary>
    /// Draws the chest with the given number of columns; low values are white for <paramref name="lowIsWhite"/> (MONOCHROME1).
    /// </summary>
    public static PhantomImage Draw(int seed, int columns, bool lowIsWhite)
    {
        columns = Math.Max(64, columns & ~1);
        var rows = (int)(columns * Height / Width) & ~1;
        // anatomy has no detail under 0.4 mm: it is drawn on half the grid, only the grain is as fine as the detector
        var coarse = Math.Min(columns / 2, 880);
        var spacing = Width / coarse;
        var canvas = new Canvas(coarse + 1, (int)((long)coarse * rows / columns) + 1, -Width / 2, -212, spacing);
        var grain = new Grain(seed);
        DrawTrunk(canvas, grain);
        DrawLungVessels(canvas, new Dice(seed));
        ChestBones.Draw(canvas);
        DrawMediastinum(canvas);
        // the marker L, beside the left shoulder
        canvas.Add(BentTube.Through(1, (138, -196, 1.2f), (138, -180, 1.2f), (147, -180, 1.2f)), 9, 0.5f);
        var pixels = Upsampling.ToPixels(canvas, columns, rows, grain, a => 130 + (205 * a) - (3.2f * a * a),
            a => 16 - (0.25f * a), 4095, lowIsWhite);
        return new PhantomImage(columns, rows, 12, pixels)
        {
            WindowCenter = lowIsWhite ? 4095 - 1950 : 1950, WindowWidth = 3300, LowIsWhite = lowIsWhite,
            PixelSpacing = Width / columns,
        };
    }

    /// <summary>How far the lung reaches to the side at this height.</summary>
    public static float LungEdge(float y)
    {
        var s = 1 - Math.Clamp((y + 146) / 165, 0f, 1f);
        return 48 + (82 * MathF.Sqrt(1 - (s * s))) + (0.03f * MathF.Max(0, y));
    }

    private static float Dome(float x) => x < 0
        ? 76 + (24 * (x + 66) * (x + 66) / 3600) : 90 + (22 * (x - 70) * (x - 70) / 3600);

    private static void DrawTrunk(Canvas canvas, Grain grain)
    {
        for (int row = 0, i = 0; row < canvas.Rows; row++)
        {
            var y = canvas.Y(row);
            // neck, shoulders, trunk
            var shoulder = 1 / (1 + MathF.Exp(-(y + 168) / 9));
            var half = 58 + (shoulder * (118 - (0.10f * (y + 120)))) + (2 * grain.Smooth(y / 40, 3));
            for (var column = 0; column < canvas.Columns; column++, i++)
            {
                var x = canvas.X(column);
                var u = MathF.Abs(x) / half;
                if (u >= 1)
                    continue;
                var lower = Math.Clamp((y - 40) / 90, 0f, 1f);
                var thick = (14 + (3 * lower)) * MathF.Sqrt(1 - (u * u * u * u))
                    * (0.75f + (0.25f * Math.Clamp((y + 212) / 90, 0f, 1f)));
                thick += 0.5f * grain.Fractal(x / 30, y / 30, 0, 3);
                canvas.Values[i] = MathF.Max(0.3f, thick - Lung(x, y, grain));
            }
        }
    }

    // Thickness of air in the lung: deep in the middle, thin to the chest wall, the apex and the diaphragm.
    private static float Lung(float x, float y, Grain grain)
    {
        if (y < -146 || y > 135)
            return 0;
        float side = MathF.Abs(x), edge = LungEdge(y), rise = 1 - Math.Clamp((y + 146) / 34, 0f, 1f);
        var medial = 20 + (26 * (1 - MathF.Sqrt(1 - (rise * rise))));
        float toWall = edge - side, toMiddle = side - medial, toDome = Dome(x) - y, toApex = y + 146;
        if (toWall <= 0 || toMiddle <= -5 || toDome <= -12)
            return 0;
        var depth = 9.6f * Round(toWall / 40) * Round(toApex / 55) * Canvas.Inside(3 - toMiddle, 8);
        // behind the dome some lung still hangs down
        depth *= Canvas.Inside(-toDome, 1.2f) * (0.82f + (0.18f * Math.Clamp(toDome / 40, 0f, 1f)))
            + (0.12f * Canvas.Inside(-toDome - 6, 6));
        return depth * (1 + (0.03f * grain.Fractal(x / 9, y / 9, 7, 3)));
    }

    private static float Round(float t)
    {
        t = 1 - Math.Clamp(t, 0f, 1f);
        return MathF.Sqrt(1 - (t * t));
    }

    private static void DrawLungVessels(Canvas canvas, Dice dice)
    {
        var tree = new List<VesselSegment>();
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var i = 0; i < 13; i++)
            {
                var angle = (i * 15f) - 80 + dice.Between(-6, 6);
                var direction = new Vector3(side * MathF.Cos(angle * MathF.PI / 180), MathF.Sin(angle * MathF.PI / 180),
                    dice.Between(-0.4f, 0.4f));
                VesselTree.Grow(tree, dice, new Vector3(side * dice.Between(24, 32), dice.Between(-12, 14) - (side * 5), 0),
                    direction, dice.Between(2.4f, 4.6f), 0.5f, 0,
                    p => MathF.Abs(p.X) > 14 && MathF.Abs(p.X) < LungEdge(p.Y) - 5 && p.Y < Dome(p.X) + 12 && p.Y > -138
                        && MathF.Abs(p.Z) < 60);
            }
        }

        var vessels = new Canvas(canvas.Columns, canvas.Rows, canvas.X(0), canvas.Y(0), canvas.Spacing);
        foreach (var s in tree)
            vessels.RaiseRound(new Tube(s.From.X, s.From.Y, s.FromRadius, s.To.X, s.To.Y, s.ToRadius), 0.85f * s.FromRadius,
                s.FromRadius);
        canvas.Add(vessels);
    }

    private static void DrawMediastinum(Canvas canvas)
    {
        canvas.AddRound(new Ellipse(18, 52, 68, 48, 32), 5.2f, 22);
        canvas.AddRound(new Ellipse(-16, 50, 26, 42), 2.4f, 18);
        canvas.AddRound(new Ellipse(21, -52, 18, 17), 3.4f, 12);
        canvas.AddRound(BentTube.Through(4, (28, -44, 12), (27, 0, 12), (14, 100, 10)), 2, 10);
        canvas.AddRound(new Ellipse(22, -20, 20, 17), 2.6f, 12);
        canvas.AddRound(new Ellipse(-17, -50, 14, 56), 2.2f, 9);
        // air: windpipe, main bronchi, the stomach's bubble under the left dome
        canvas.AddRound(BentTube.Through(3, (-1, -225, 9), (-1, -130, 9), (-4, -36, 8.5f)), -2.6f, 9);
        canvas.AddRound(BentTube.Through(3, (-4, -38, 7), (-14, -24, 6.5f), (-30, -8, 5.5f)), -1.7f, 6);
        canvas.AddRound(BentTube.Through(3, (-3, -38, 7), (12, -26, 6), (36, -14, 5)), -1.7f, 6);
        canvas.AddRound(new Ellipse(62, 114, 27, 14, 8), -4.5f, 12);
    }
}
