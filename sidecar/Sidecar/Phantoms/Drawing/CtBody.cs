using System.Numerics;

namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A trunk from the aortic arch down to the kidneys, with contrast medium, as CT sees it. Millimetres in the patient's
/// axes: x to the patient's left, y to the back, z to the head; z = 0 lies just under the domes of the diaphragm.
/// </summary>
internal sealed class CtBody
{
    /// <summary>The highest level that is drawn well.</summary>
    public const float Top = 112;

    /// <summary>The lowest level that is drawn well.</summary>
    public const float Bottom = -88;

    /// <summary>Side of the square field of view in millimetres.</summary>
    public const float FieldOfView = 380;

    private readonly Grain _grain;
    private readonly CtThorax _thorax;
    private readonly CtAbdomen _abdomen;

    /// <summary>Prepares the vessels of this body; drawing a slice changes nothing.</summary>
    public CtBody(int seed)
    {
        _grain = new Grain(seed);
        _thorax = new CtThorax(new Dice(seed));
        _abdomen = new CtAbdomen(new Dice(seed + 1), _grain);
    }

    /// <summary>
    /// Draws the slice at height <paramref name="z"/>, <paramref name="thickness"/> millimetres thick, in Hounsfield units +
    /// 1024.
    /// </summary>
    public PhantomImage Draw(float z, float thickness, int size = 512)
    {
        var spacing = FieldOfView / size;
        var canvas = new Canvas(size, size, (spacing - FieldOfView) / 2, (spacing - FieldOfView) / 2, spacing);
        var belowDiaphragm = new float[size * size];
        CtTrunk.Draw(canvas, z, belowDiaphragm, _grain);
        if (z > -70)
            CtThorax.DrawMediastinum(canvas, z);
        if (z < 40)
            _abdomen.Draw(canvas, z, thickness, belowDiaphragm);
        if (z > -40)
            _thorax.Draw(canvas, z, thickness, belowDiaphragm);
        CtTrunk.DrawSpine(canvas, z);

        var pixels = new ushort[size * size];
        var slice = (int)MathF.Round(z * 8);
        for (int row = 0, i = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++, i++)
            {
                // reconstruction smooths the grain a little: two neighbours share a part of it
                var noise = 7 * (_grain.White(column, row, slice) + _grain.White(column + 1, row + 1, slice));
                pixels[i] = (ushort)Math.Clamp(canvas.Values[i] + noise + 1024, 0, 4095);
            }
        }

        return new PhantomImage(size, size, 12, pixels)
        {
            RescaleIntercept = -1024, WindowCenter = 50, WindowWidth = 400, PixelSpacing = spacing,
        };
    }

    /// <summary>Draws the pieces of vessels that the slice cuts.</summary>
    public static void DrawVessels(Canvas canvas, IReadOnlyList<VesselSegment> tree, float z, float thickness, float value,
        float[]? clip)
    {
        foreach (var segment in tree)
        {
            var reach = MathF.Max(segment.FromRadius, thickness / 2);
            Vector3 a = segment.From, b = segment.To;
            if (MathF.Min(a.Z, b.Z) > z + reach || MathF.Max(a.Z, b.Z) < z - reach)
                continue;
            // the part of the piece that lies within reach of the slice
            float rise = b.Z - a.Z, t0 = 0, t1 = 1;
            if (MathF.Abs(rise) > 1e-3f)
            {
                float low = (z - reach - a.Z) / rise, high = (z + reach - a.Z) / rise;
                t0 = Math.Clamp(MathF.Min(low, high), 0f, 1f);
                t1 = Math.Clamp(MathF.Max(low, high), 0f, 1f);
            }

            Vector3 p = Vector3.Lerp(a, b, t0), q = Vector3.Lerp(a, b, t1);
            canvas.Paint(new Tube(p.X, p.Y, segment.FromRadius, q.X, q.Y, segment.ToRadius), value, canvas.Spacing, clip);
        }
    }
}
