using System.Numerics;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// What lies between and in the lungs on CT: heart, great vessels, airways, and the vessels that branch into the lungs.
/// </summary>
internal sealed class CtThorax
{
    private const float Blood = 195, HeartMuscle = 115, MediastinalFat = -85, AirwayWall = 30, Air = -995;
    private readonly List<VesselSegment> _vessels = [];

    public CtThorax(Dice dice)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var i = 0; i < 15; i++)
            {
                var turn = i * 2.4f;
                var direction = new Vector3(side * dice.Between(0.35f, 1.1f), MathF.Sin(turn), MathF.Cos(turn) * 1.1f);
                VesselTree.Grow(_vessels, dice, new Vector3(side * 36, 8 + dice.Between(-6, 6), 55 + dice.Between(-14, 12)),
                    direction, dice.Between(2.2f, 3.9f), 0.5f, 0, IsLung);
            }
        }
    }

    /// <summary>
    /// Fat between the lungs. Drawn before everything else, so that organs which touch it blend with fat and not with lung.
    /// </summary>
    public static void DrawMediastinum(Canvas canvas, float z)
    {
        var narrow = Math.Clamp((z - 30) / 60, 0f, 1f);
        canvas.Paint(new Ellipse(4, 4, 40 - (8 * narrow), 66), MediastinalFat, 2);
        canvas.Paint(new Ellipse(0, -62, 22 - (8 * narrow), 26), MediastinalFat, 2);
    }

    public void Draw(Canvas canvas, float z, float thickness, float[] belowDiaphragm)
    {
        var above = Array.ConvertAll(belowDiaphragm, b => 1 - b);
        CtBody.DrawVessels(canvas, _vessels, z, thickness * 0.7f, 20, above);
        var s = canvas.Spacing;
        Chamber(canvas, Ellipse.Cut(z, 26, -22, 26, 66, 51, 56, -28), MediastinalFat, above);
        Chamber(canvas, Ellipse.Cut(z, 26, -22, 26, 62, 47, 52, -28), HeartMuscle, above);
        Chamber(canvas, Ellipse.Cut(z, 48, -30, 16, 31, 20, 34, -35), Blood, above);
        Chamber(canvas, Ellipse.Cut(z, 8, -47, 20, 30, 14, 34, -18), Blood - 15, above);
        Chamber(canvas, Ellipse.Cut(z, 14, 6, 46, 33, 17, 22, 0), Blood, above);
        Chamber(canvas, Ellipse.Cut(z, -22, -14, 30, 19, 25, 32, 10), Blood - 10, above);

        DrawGreatVessels(canvas, z, above, s);
        DrawAirways(canvas, z, s);
    }

    private static void Chamber(Canvas canvas, Ellipse? cut, float value, float[] above) => canvas.Paint(cut, value, 1.6f, above);

    private static void DrawGreatVessels(Canvas canvas, float z, float[] above, float s)
    {
        if (z > 45)
        {
            canvas.Paint(Ellipse.Cut(z, -6, -20, 80, 16, 16, 40), Blood + 15, s);
            canvas.Paint(new Ellipse(-26, -14, 9, 10), Blood + 40, s);
        }

        if (z is > 96 and < 120)
            canvas.Paint(new Tube(-8, -20, 12, 23, 36, 13), Blood + 15, s);
        if (z is < 108 and > -24)
            canvas.Paint(new Ellipse(24 - (0.09f * (60 - z)), 33 - (0.09f * (60 - z)), 12.5f, 12.5f), Blood + 15, s);
        if (z is > 54 and < 84)
        {
            canvas.Paint(new Ellipse(19, -26, 14, 14), Blood + 25, s);
            if (z < 76)
                canvas.Paint(new Tube(16, -16, 11, -40, 4, 7), Blood + 25, s);
            if (z > 62)
                canvas.Paint(new Tube(20, -20, 12, 46, 14, 8), Blood + 25, s);
        }

        if (z < 16)
            canvas.Paint(new Ellipse(-24, 12, 13, 11), Blood - 30, s, above);
    }

    private static void DrawAirways(Canvas canvas, float z, float s)
    {
        if (z > -14)
            canvas.Paint(new Ellipse(3, 24, 7, 6), 45, s);
        if (z > 74)
        {
            canvas.Paint(new Ellipse(-2, 13, 11, 10.5f), AirwayWall, s);
            canvas.Paint(new Ellipse(-2, 13, 9, 8.5f), Air, s);
        }
        else if (z > 50)
        {
            var spread = (76 - z) * 1.15f;
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                canvas.Paint(new Ellipse((side * spread) - 1, 15, 8.2f, 7.6f), AirwayWall, s);
                canvas.Paint(new Ellipse((side * spread) - 1, 15, 6.4f, 5.8f), Air, s);
            }
        }
    }

    private static bool IsLung(Vector3 p)
    {
        var (width, depth) = CtTrunk.Cavity(p.Z);
        return p.Z < 150 && new Ellipse(0, -4, width, depth).Distance(p.X, p.Y) < -9 && p.Z > CtTrunk.Diaphragm(p.X, p.Y) + 4
            && MathF.Abs(p.X) > 16;
    }
}
