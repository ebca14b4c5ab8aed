using System.Numerics;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// What lies under the diaphragm on CT: liver, spleen, stomach, kidneys, pancreas, gall bladder, bowel and the great vessels.
/// </summary>
internal sealed class CtAbdomen
{
    private const float Liver = 112, Spleen = 122, Fluid = 12, Gas = -960, Cortex = 205, Medulla = 150, Blood = 180,
        Pancreas = 92;
    private readonly List<VesselSegment> _portal = [];
    private readonly Grain _grain;

    public CtAbdomen(Dice dice, Grain grain)
    {
        _grain = grain;
        foreach (var direction in (ReadOnlySpan<Vector3>)[new(-1, 0.3f, 0.3f), new(-0.9f, -0.6f, 0.1f), new(-0.7f, 0.8f, -0.2f),
            new(-0.8f, 0.1f, 1), new(0.5f, -0.9f, 0.4f), new(-1, -0.1f, -0.6f)])
            VesselTree.Grow(_portal, dice, new Vector3(-34, -8, -28), direction, 4.4f, 0.8f, 0,
                p => LiverParts(p.Z, p.X, p.Y) < -5);
    }

    public void Draw(Canvas canvas, float z, float thickness, float[] clip)
    {
        var s = canvas.Spacing;
        // bowel in front, below the stomach
        if (z < -45)
            DrawBowel(canvas, z, clip);
        canvas.Paint(Ellipse.Cut(z, 62, -18, 0, 44, 38, 58, -30), 55, 1.2f, clip);
        canvas.Paint(Ellipse.Cut(z, 62, -18, 0, 40, 34, 54, -30), Fluid + 18, 1.2f, clip);
        if (Ellipse.Cut(z, 62, -18, 0, 40, 34, 54, -30) is { } stomach)
            PaintGasAbove(canvas, stomach, -34, clip);

        canvas.Paint(Ellipse.Cut(z, 100, 32, -22, 22, 40, 52, 28), Spleen, 1.2f, clip);
        if (Ellipse.Cut(z, -68, 2, -22, 64, 78, 68, 8) is { } right)
            PaintLiver(canvas, right, z, clip);
        if (Ellipse.Cut(z, -8, -48, -14, 62, 26, 42, 12) is { } left)
            PaintLiver(canvas, left, z, clip);
        if (Ellipse.Cut(z, -6, -4, -18, 32, 26, 36) is { } caudate)
            PaintLiver(canvas, caudate, z, clip);
        CtBody.DrawVessels(canvas, _portal, z, thickness * 0.6f, 158, clip);
        canvas.Paint(Ellipse.Cut(z, -48, -42, -62, 15, 20, 26, 20), Fluid - 4, 1.2f, clip);

        if (z is < -28 and > -66)
        {
            canvas.Paint(new Tube(-18, -12, 12, 12, -16, 8), Pancreas, 1.6f, clip);
            canvas.Paint(new Tube(12, -16, 8, 66, 16, 8), Pancreas, 1.6f, clip);
            canvas.Paint(new Tube(-6, -6, 5.5f, 58, 20, 3.5f), Blood, s, clip);
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            DrawKidney(canvas, z, side, clip);
        if (z <= -24)
            canvas.Paint(new Ellipse(14, 20, 11, 11), Blood + 25, s, clip);
        canvas.Paint(new Ellipse(-22, 16, 13, 10), Blood - 20, s, clip);
        if (z < -52)
        {
            canvas.Paint(new Ellipse(-34, 54, 12, 17, 25), 60, 1, clip);
            canvas.Paint(new Ellipse(34, 54, 12, 17, -25), 60, 1, clip);
        }
    }

    private static float LiverParts(float z, float x, float y)
    {
        var right = Ellipse.Cut(z, -68, 2, -22, 64, 78, 68, 8)?.Distance(x, y) ?? 99;
        return MathF.Min(right, Ellipse.Cut(z, -8, -48, -14, 62, 26, 42, 12)?.Distance(x, y) ?? 99);
    }

    private static void DrawKidney(Canvas canvas, float z, int side, float[] clip)
    {
        var middle = side < 0 ? -78 : -70;
        canvas.Paint(Ellipse.Cut(z, side * 64, 46, middle, 25, 31, 50, side * -35), Cortex, 1, clip);
        canvas.Paint(Ellipse.Cut(z, side * 63, 45, middle, 17, 23, 40, side * -35), Medulla, 2, clip);
        canvas.Paint(Ellipse.Cut(z, side * 55, 40, middle, 12, 14, 24, side * -35), -80, 1.5f, clip);
        canvas.Paint(Ellipse.Cut(z, side * 50, 37, middle, 15, 6, 16, side * -35), Blood - 60, 1.2f, clip);
    }

    private void PaintLiver(Canvas canvas, Ellipse shape, float z, float[] clip) =>
        canvas.Visit(shape, 1.2f, (clip, _grain, canvas, z),
            static (ref float pixel, float cover, int index, float _, float y,
            (float[] Clip, Grain Grain, Canvas Canvas, float Z) ink) =>
        {
            var x = ink.Canvas.X(index % ink.Canvas.Columns);
            pixel += cover * ink.Clip[index] * (Liver + (6 * ink.Grain.Smooth(x / 5, y / 5, ink.Z / 8)) - pixel);
        });

    // Patients lie on their back: gas rises to the front and the fluid under it has a level.
    private static void PaintGasAbove(Canvas canvas, Ellipse shape, float level, float[] clip) =>
        canvas.Visit(shape, 1.2f, (clip, level),
            static (ref float pixel, float cover, int index, float _, float y, (float[] Clip, float Level) ink) =>
            pixel += cover * ink.Clip[index] * Canvas.Inside(y - ink.Level, 0.8f) * (Gas - pixel));

    private static void DrawBowel(Canvas canvas, float z, float[] clip)
    {
        var dice = new Dice(77);
        for (var i = 0; i < 16; i++)
        {
            float x = dice.Between(-62, 92), y = dice.Between(-68, -14), r = dice.Between(10, 16), c = dice.Between(-95, -62);
            if (Ellipse.Cut(z, x, y, c, r * 1.5f, r, 22, dice.Between(-60, 60)) is not { } loop)
                continue;
            canvas.Paint(loop, 85, 1, clip);
            canvas.Paint(Ellipse.Cut(z, x, y, c, (r * 1.5f) - 2.5f, r - 2.5f, 20, 0), 25, 1.5f, clip);
            if (i % 3 == 0 && Ellipse.Cut(z, x, y, c, (r * 1.4f) - 3.5f, r - 3.5f, 18, 0) is { } gas)
                PaintGasAbove(canvas, gas, y - 2, clip);
        }
    }
}
