using System.Runtime.CompilerServices;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>A plane of floating-point values with a scale: shapes are given in millimetres and their edges are soft.</summary>
internal sealed class Canvas(int columns, int rows, float left, float top, float spacing)
{
    /// <summary>Width in pixels.</summary>
    public int Columns => columns;

    /// <summary>Height in pixels.</summary>
    public int Rows => rows;

    /// <summary>Millimetres from one pixel centre to the next.</summary>
    public float Spacing => spacing;

    /// <summary>The values, row by row from the top left.</summary>
    public float[] Values { get; } = new float[columns * rows];

    /// <summary>Millimetre position of the centre of a column.</summary>
    public float X(int column) => left + (column * spacing);

    /// <summary>Millimetre position of the centre of a row.</summary>
    public float Y(int row) => top + (row * spacing);

    /// <summary>1 well inside, 0 well outside, smooth over <paramref name="softness"/> on either side of the outline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Inside(float distance, float softness)
    {
        var t = Math.Clamp(0.5f - (0.5f * distance / softness), 0f, 1f);
        return t * t * (3 - (2 * t));
    }

    /// <summary>
    /// Replaces what is under the shape by <paramref name="value"/>; <paramref name="clip"/> (0 to 1 per pixel) limits it.
    /// </summary>
    public void Paint<TShape>(TShape shape, float value, float softness, float[]? clip = null)
        where TShape : struct, IShape =>
        Visit(shape, softness, (Value: value, Clip: clip),
            static (ref float pixel, float cover, int index, float _, float _, (float Value, float[]? Clip) ink) =>
            pixel += cover * (ink.Clip is null ? 1 : ink.Clip[index]) * (ink.Value - pixel));

    /// <summary>Paints the shape when there is one (a cut that may miss its ellipsoid).</summary>
    public void Paint<TShape>(TShape? shape, float value, float softness, float[]? clip = null)
        where TShape : struct, IShape
    {
        if (shape is { } some)
            Paint(some, value, softness, clip);
    }

    /// <summary>Adds <paramref name="value"/> under the shape: projections add up, they do not hide each other.</summary>
    public void Add<TShape>(TShape shape, float value, float softness)
        where TShape : struct, IShape =>
        Visit(shape, softness, value, static (ref float pixel, float cover, int _, float _, float _, float ink) =>
            pixel += cover * ink);

    /// <summary>
    /// Adds a body whose thickness falls off to its rim like that of a ball, <paramref name="value"/> in its middle.
    /// </summary>
    public void AddRound<TShape>(TShape shape, float value, float radius)
        where TShape : struct, IShape =>
        Visit(shape, spacing, (value, radius),
            static (ref float pixel, float _, int _, float distance, float _, (float Value, float Radius) ink) =>
        {
            var depth = Math.Clamp(-distance / ink.Radius, 0f, 1f);
            pixel += ink.Value * MathF.Sqrt(depth * (2 - depth));
        });

    /// <summary>
    /// Like <see cref="AddRound"/>, but keeps the larger value: pieces of one vessel that overlap at a joint count once.
    /// </summary>
    public void RaiseRound<TShape>(TShape shape, float value, float radius)
        where TShape : struct, IShape =>
        Visit(shape, spacing, (value, radius),
            static (ref float pixel, float _, int _, float distance, float _, (float Value, float Radius) ink) =>
        {
            var depth = Math.Clamp(-distance / ink.Radius, 0f, 1f);
            pixel = MathF.Max(pixel, ink.Value * MathF.Sqrt(depth * (2 - depth)));
        });

    /// <summary>Adds another canvas of the same size.</summary>
    public void Add(Canvas other)
    {
        for (var i = 0; i < Values.Length; i++)
            Values[i] += other.Values[i];
    }

    /// <summary>Visits every pixel that the shape (with its soft rim) covers.</summary>
    public void Visit<TShape, TInk>(TShape shape, float softness, TInk ink, Brush<TInk> brush)
        where TShape : struct, IShape
    {
        var bounds = shape.Bounds;
        int first = Math.Max(0, (int)((bounds.Left - softness - left) / spacing)),
            last = Math.Min(columns - 1, (int)((bounds.Right + softness - left) / spacing) + 1);
        int start = Math.Max(0, (int)((bounds.Top - softness - top) / spacing)),
            end = Math.Min(rows - 1, (int)((bounds.Bottom + softness - top) / spacing) + 1);
        for (var row = start; row <= end; row++)
        {
            var y = Y(row);
            for (int column = first, index = (row * columns) + first; column <= last; column++, index++)
            {
                var distance = shape.Distance(X(column), y);
                if (distance < softness)
                    brush(ref Values[index], Inside(distance, softness), index, distance, y, ink);
            }
        }
    }

    /// <summary>Changes one pixel: <paramref name="cover"/> is 0 to 1, <paramref name="distance"/> that to the outline.</summary>
    public delegate void Brush<TInk>(ref float pixel, float cover, int index, float distance, float y, TInk ink);
}
