namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// The branching of a left coronary artery in projection: left main stem, anterior descending with diagonals and septals,
/// circumflex with marginals.
/// </summary>
internal static class CoronaryTree
{
    /// <summary>
    /// Draws the thickness of the vessels in millimetres, and for each of their pixels the way from the ostium in millimetres.
    /// </summary>
    public static void Draw(Canvas canvas, float[] arrival, Dice dice)
    {
        (float, float, float)[] stem = [(-41, -26, 2.3f), (-34, -29, 2.2f), (-27, -29, 2.1f)];
        (float, float, float)[] descending = [(-27, -29, 1.9f), (-8, -34, 1.75f), (14, -26, 1.55f), (32, -6, 1.3f),
            (44, 20, 1.05f), (46, 44, 0.75f), (38, 58, 0.4f)];
        (float, float, float)[] circumflex = [(-27, -29, 1.8f), (-26, -14, 1.65f), (-28, 4, 1.45f), (-22, 26, 1.2f),
            (-10, 42, 0.8f), (2, 52, 0.4f)];
        Vessel(canvas, arrival, dice, stem, 0, 0, 0, 0);
        Vessel(canvas, arrival, dice, descending, 15, 7, -46, 1);
        Vessel(canvas, arrival, dice, circumflex, 15, 5, -40, 1);
    }

    // Draws one vessel and lets branches leave it, by turns on either side, at about the given angle.
    private static void Vessel(Canvas canvas, float[] arrival, Dice dice, (float X, float Y, float Radius)[] knots, float way,
        int branches, float angle, int generations)
    {
        var points = BentTube.Curve(5, knots);
        var starts = new float[points.Count];
        for (var i = 1; i < points.Count; i++)
        {
            var (a, b) = (points[i - 1], points[i]);
            starts[i] = starts[i - 1] + MathF.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
            var from = way + starts[i - 1];
            canvas.Visit(new Tube(a.X, a.Y, a.Radius, b.X, b.Y, b.Radius), canvas.Spacing, (arrival, from, a.Radius),
                static (ref float pixel, float _, int index, float distance, float _,
                (float[] Arrival, float Way, float Radius) ink) =>
            {
                var depth = Math.Clamp((0.2f - distance) / (ink.Radius + 0.2f), 0f, 1f);
                var thick = 2 * ink.Radius * MathF.Sqrt(depth * (2 - depth));
                if (thick <= pixel)
                    return;
                pixel = thick;
                ink.Arrival[index] = ink.Way;
            });
        }

        for (var n = 0; n < branches; n++)
        {
            var i = (int)((0.12f + (0.8f * (n + dice.Between(-0.2f, 0.2f)) / branches)) * (points.Count - 2)) + 1;
            var (a, b) = (points[i - 1], points[i]);
            var direction = MathF.Atan2(b.Y - a.Y, b.X - a.X)
                + ((n % 2 == 0 ? angle : -angle * dice.Between(0.9f, 1.3f)) * MathF.PI / 180);
            var radius = b.Radius * dice.Between(0.5f, 0.75f);
            if (radius > 0.22f)
                Vessel(canvas, arrival, dice, Branch(dice, b.X, b.Y, radius, direction, n % 2 == 0 ? 1 : -1), way + starts[i],
                    generations > 0 ? 3 : 0, angle, generations - 1);
        }
    }

    private static (float, float, float)[] Branch(Dice dice, float x, float y, float radius, float direction, int turn)
    {
        var knots = new (float, float, float)[5];
        knots[0] = (x, y, radius);
        var length = 7 + (radius * dice.Between(12, 19));
        for (var i = 1; i < knots.Length; i++)
        {
            // branches bend back to the course of the vessel they came from
            direction += turn * dice.Between(0.0f, 0.2f) + dice.Between(-0.2f, 0.2f);
            x += length / 2 * MathF.Cos(direction);
            y += length / 2 * MathF.Sin(direction);
            knots[i] = (x, y, radius * (1 - (0.2f * i)));
        }

        return knots;
    }
}
