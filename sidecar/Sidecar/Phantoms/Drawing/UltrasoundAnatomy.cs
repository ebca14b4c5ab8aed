namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// How strongly each point of the right flank sends sound back: 0 fluid, 0.3 to 0.6 organs, 1 fat and walls, 2 stone.
/// </summary>
internal static class UltrasoundAnatomy
{
    public static void Draw(Canvas canvas, float phase, Grain grain)
    {
        var tilt = 8 * (phase - 0.5f);
        for (int row = 0, i = 0; row < canvas.Rows; row++)
        {
            for (var column = 0; column < canvas.Columns; column++, i++)
            {
                float x = canvas.X(column), y = canvas.Y(row);
                var depth = y + (x * x / 500);
                var layer = depth + (1.5f * grain.Smooth(x / 25, y / 8));
                canvas.Values[i] = layer switch
                {
                    < 2.5f => 1.4f,
                    < 9 => 0.35f + (0.5f * MathF.Max(0, grain.Smooth(x / 14, y * 0.9f, 4))),
                    < 10.2f => 1.5f,
                    < 17 => 0.22f + (0.45f * MathF.Max(0, grain.Smooth(x / 20, y * 0.8f, 8))),
                    < 18.4f => 1.6f,
                    _ => 0.42f + (0.06f * grain.Fractal(x / 12, y / 12, 2, 3)),
                };
            }
        }

        // the diaphragm: a bright arc on the left, behind it only mirrored haze
        canvas.Paint(new Ellipse(-112, 128, 62, 56), 0.14f, 4);
        canvas.Visit(new Ellipse(-112, 128, 64, 58), 2, 0,
            static (ref float pixel, float cover, int _, float distance, float _, int _) =>
            pixel += cover * Canvas.Inside(MathF.Abs(distance + 1.5f) - 1, 1.2f) * (1.9f - pixel) * 0.97f);
        DrawVessels(canvas, tilt);
        DrawKidney(canvas, tilt);
        // gall bladder with a stone on its floor
        canvas.Paint(new Ellipse(-32, 52 + tilt, 20, 10.5f, 25), 1.1f, 0.8f);
        canvas.Paint(new Ellipse(-32, 52 + tilt, 18.4f, 9, 25), 0.001f, 0.8f);
        canvas.Paint(new Ellipse(-24, 61 + tilt, 4.6f, 3.4f), 2.4f, 0.6f);
    }

    private static void DrawVessels(Canvas canvas, float tilt)
    {
        // portal veins have bright walls, hepatic veins none
        (BentTube Wall, BentTube Lumen) portal = (BentTube.Through(4, (-82, 62, 5.4f), (-58, 74, 5), (-40, 86 + tilt, 4.2f)),
            BentTube.Through(4, (-82, 62, 3.8f), (-58, 74, 3.4f), (-40, 86 + tilt, 2.7f)));
        canvas.Paint(portal.Wall, 1.05f, 0.8f);
        canvas.Paint(portal.Lumen, 0.004f, 0.6f);
        canvas.Paint(BentTube.Through(4, (-30, 28, 1.2f), (-48, 42, 2), (-64, 98, 3.4f), (-70, 112, 4)), 0.006f, 0.7f);
        canvas.Paint(BentTube.Through(4, (4, 34, 1.1f), (-8, 50 + tilt, 1.7f), (-14, 80, 2.2f)), 0.006f, 0.7f);
    }

    private static void DrawKidney(Canvas canvas, float tilt)
    {
        canvas.Paint(new Ellipse(42, 88 + tilt, 54, 27, 12), 1.05f, 1.5f);
        canvas.Paint(new Ellipse(42, 88 + tilt, 51, 24.5f, 12), 0.27f, 1);
        for (var i = 0; i < 7; i++)
        {
            var angle = (i * 51) * MathF.PI / 180;
            canvas.Paint(new Ellipse(42 + (33 * MathF.Cos(angle)), 88 + tilt + (15 * MathF.Sin(angle)) + (7 * MathF.Cos(angle)),
                6, 4.5f, i * 51), 0.13f, 1.6f);
        }

        canvas.Paint(new Ellipse(44, 89 + tilt, 30, 9.5f, 12), 1.2f, 3);
        canvas.Paint(new Ellipse(44, 90 + tilt, 12, 2.6f, 12), 0.04f, 1.5f);
        canvas.Paint(new Ellipse(74, 88 + tilt, 10.5f, 10), 0.001f, 0.7f);
    }
}
