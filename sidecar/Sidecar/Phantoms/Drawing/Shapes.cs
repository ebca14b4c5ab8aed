namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>A region of the plane known by the signed distance to its outline, so that edges can be drawn soft.</summary>
internal interface IShape
{
    /// <summary>The smallest upright rectangle around the shape, in the canvas' unit.</summary>
    (float Left, float Top, float Right, float Bottom) Bounds { get; }

    /// <summary>Distance to the outline, negative inside; exact near the outline, roughly right elsewhere.</summary>
    float Distance(float x, float y);
}

/// <summary>An ellipse with half axes <c>a</c> and <c>b</c>, turned clockwise (as seen in the image) by <c>degrees</c>.</summary>
internal readonly struct Ellipse(float cx, float cy, float a, float b, float degrees = 0) : IShape
{
    private readonly float _cos = MathF.Cos(degrees * MathF.PI / 180);
    private readonly float _sin = MathF.Sin(degrees * MathF.PI / 180);
    private readonly float _ia2 = 1 / (a * a);
    private readonly float _ib2 = 1 / (b * b);

    public (float Left, float Top, float Right, float Bottom) Bounds
    {
        get
        {
            var w = MathF.Sqrt((a * a * _cos * _cos) + (b * b * _sin * _sin));
            var h = MathF.Sqrt((a * a * _sin * _sin) + (b * b * _cos * _cos));
            return (cx - w, cy - h, cx + w, cy + h);
        }
    }

    public float Distance(float x, float y)
    {
        x -= cx;
        y -= cy;
        float u = (x * _cos) + (y * _sin), v = (y * _cos) - (x * _sin);
        float p = u * u * _ia2, q = v * v * _ib2;
        // first-order distance: k (k - 1) / |gradient|
        var k2 = p + q;
        return k2 < 1e-6f ? -MathF.Min(a, b) : (k2 - MathF.Sqrt(k2)) / MathF.Sqrt((p * _ia2) + (q * _ib2));
    }

    /// <summary>The cut of an ellipsoid at height <paramref name="z"/>, or nothing where the plane misses it.</summary>
    public static Ellipse? Cut(float z, float cx, float cy, float cz, float a, float b, float c, float degrees = 0)
    {
        var h = (z - cz) / c;
        var s = MathF.Sqrt(MathF.Max(0, 1 - (h * h)));
        return s < 0.08f ? null : new Ellipse(cx, cy, a * s, b * s, degrees);
    }
}

/// <summary>A straight tube with round ends whose radius goes from <c>r0</c> to <c>r1</c>.</summary>
internal readonly struct Tube(float x0, float y0, float r0, float x1, float y1, float r1) : IShape
{
    private readonly float _inverse = 1 / MathF.Max(1e-6f, ((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0)));

    public (float Left, float Top, float Right, float Bottom) Bounds =>
        (MathF.Min(x0 - r0, x1 - r1), MathF.Min(y0 - r0, y1 - r1), MathF.Max(x0 + r0, x1 + r1), MathF.Max(y0 + r0, y1 + r1));

    /// <summary>How far along the tube the point lies: 0 at its start, 1 at its end.</summary>
    public float Along(float x, float y) =>
        Math.Clamp((((x - x0) * (x1 - x0)) + ((y - y0) * (y1 - y0))) * _inverse, 0f, 1f);

    public float Distance(float x, float y)
    {
        var t = Along(x, y);
        float dx = x - x0 - (t * (x1 - x0)), dy = y - y0 - (t * (y1 - y0));
        return MathF.Sqrt((dx * dx) + (dy * dy)) - r0 - (t * (r1 - r0));
    }
}

/// <summary>A bent tube through the given points, with a radius at each; joints are covered once only.</summary>
internal readonly struct BentTube((float X, float Y, float Radius)[] points) : IShape
{
    public (float Left, float Top, float Right, float Bottom) Bounds =>
        (points.Min(p => p.X - p.Radius), points.Min(p => p.Y - p.Radius), points.Max(p => p.X + p.Radius),
            points.Max(p => p.Y + p.Radius));

    public float Distance(float x, float y)
    {
        var nearest = float.MaxValue;
        for (var i = 1; i < points.Length; i++)
        {
            var (x0, y0, r0) = points[i - 1];
            var (x1, y1, r1) = points[i];
            float dx = x1 - x0, dy = y1 - y0, px = x - x0, py = y - y0;
            var t = Math.Clamp(((px * dx) + (py * dy)) / MathF.Max(1e-6f, (dx * dx) + (dy * dy)), 0f, 1f);
            float ex = px - (t * dx), ey = py - (t * dy);
            nearest = MathF.Min(nearest, MathF.Sqrt((ex * ex) + (ey * ey)) - r0 - (t * (r1 - r0)));
        }

        return nearest;
    }

    /// <summary>
    /// A smooth curve (Catmull-Rom) through a few given points, as <paramref name="pieces"/> straight pieces between each two.
    /// </summary>
    public static BentTube Through(int pieces, params (float X, float Y, float Radius)[] knots) => new([.. Curve(pieces, knots)]);

    /// <summary>The points of that curve.</summary>
    public static List<(float X, float Y, float Radius)> Curve(int pieces, (float X, float Y, float Radius)[] knots)
    {
        var points = new List<(float X, float Y, float Radius)>();
        for (var i = 0; i < knots.Length - 1; i++)
        {
            var (a, b, c, d) = (knots[Math.Max(0, i - 1)], knots[i], knots[i + 1], knots[Math.Min(knots.Length - 1, i + 2)]);
            for (var j = 0; j < pieces; j++)
            {
                var t = (float)j / pieces;
                points.Add((Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t),
                    b.Radius + (t * (c.Radius - b.Radius))));
            }
        }

        points.Add(knots[^1]);
        return points;
    }

    private static float Spline(float a, float b, float c, float d, float t) =>
        0.5f * ((2 * b) + ((c - a) * t) + (((2 * a) - (5 * b) + (4 * c) - d) * t * t)
            + (((3 * b) - a - (3 * c) + d) * t * t * t));
}
