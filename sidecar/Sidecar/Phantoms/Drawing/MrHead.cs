namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// A head as a T1-weighted MR sequence shows it: fat bright, white matter brighter than grey, fluid and bone dark. Millimetres
/// in the patient's axes: x to the left, y to the back, z to the head; z = 0 is the level of the third ventricle.
/// </summary>
internal sealed class MrHead(int seed)
{
    /// <summary>The highest level, near the crown.</summary>
    public const float Top = 62;

    /// <summary>The lowest level, through eyes and cerebellum.</summary>
    public const float Bottom = -40;

    /// <summary>Side of the square field of view in millimetres.</summary>
    public const float FieldOfView = 230;

    private const float Fat = 900, SkinTone = 480, Bone = 55, Marrow = 300, Fluid = 170, Grey = 480, White = 700;
    private readonly Grain _grain = new(seed);

    /// <summary>Draws the slice at height <paramref name="z"/>.</summary>
    public PhantomImage Draw(float z, int size = 256)
    {
        var spacing = FieldOfView / size;
        var canvas = new Canvas(size, size, (spacing - FieldOfView) / 2, (spacing - FieldOfView) / 2, spacing);
        // the head is an egg: its cut narrows towards the crown, and below the brain it keeps the width of the face
        var s = z > 0 ? MathF.Sqrt(MathF.Max(0.02f, 1 - (z * z / (92f * 92f)))) : 1 - (0.00004f * z * z);
        var head = new Ellipse(0, 2, 78 * s, 99 * s);
        var t = z > 0 ? MathF.Sqrt(MathF.Max(0.02f, 1 - (z * z / (80f * 80f)))) : 1 - (0.00009f * z * z);
        var brain = new Ellipse(0, 3, 66 * t, 85 * t);
        for (int row = 0, i = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++, i++)
                canvas.Values[i] = Tissue(head, brain, canvas.X(column), canvas.Y(row), z);
        }

        MrBrainParts.Draw(canvas, z);
        if (z < -14)
            MrBrainParts.DrawFace(canvas, z);
        return Finish(canvas, z);
    }

    private float Tissue(Ellipse head, Ellipse brain, float x, float y, float z)
    {
        // a nose bridge and a slightly lumpy outline
        var outline = head.Distance(x, y) + (1.5f * _grain.Smooth(x / 40, y / 40, z / 60));
        if (outline > 1)
            return 0;
        var value = SkinTone * Canvas.Inside(outline, 0.8f);
        value += (Fat + (70 * _grain.Smooth(x / 4, y / 4, z / 4)) - value) * Canvas.Inside(outline + 2, 0.8f);
        var skull = brain.Distance(x, y);
        // muscle of the temples and the neck between fat and bone
        if (z < 10)
            value += (420 - value) * Canvas.Inside(outline + 4.5f, 1)
                * Canvas.Inside(MathF.Abs(MathF.Abs(y) - 30) - 24 - (0.3f * z), 6);
        value += (Bone - value) * Canvas.Inside(skull - 7.2f, 0.9f);
        value += (Marrow - value)
            * Canvas.Inside(MathF.Abs(skull - 4.4f) - 1.1f - (0.6f * _grain.Smooth(x / 20, y / 20, z / 20)), 0.8f);
        value += (Fluid - value) * Canvas.Inside(skull - 1.6f, 0.8f);
        return skull > 2 ? value : value + ((Cortex(x, y, z, skull) - value) * Canvas.Inside(skull + 0.6f, 0.9f));
    }

    // Folds: the zero lines of a smooth field are the sulci. Its value divided by its slope is the distance to the nearest one,
    // which gives fluid in the cleft, a ribbon of grey matter along it, and white matter further in.
    private float Cortex(float x, float y, float z, float depth)
    {
        float side = x < 0 ? 40 : 0, bend = 6 * _grain.Smooth(x / 22, y / 22, (z / 24) + side);
        float u = (x + bend) / 15, v = (y - bend) / 15, w = (z / 17) + side;
        var field = _grain.Smooth(u, v, w);
        float du = _grain.Smooth(u + 0.1f, v, w) - field, dv = _grain.Smooth(u, v + 0.1f, w) - field;
        var cleft = 15 * MathF.Abs(field) / MathF.Max(3f, 10 * MathF.Sqrt((du * du) + (dv * dv)) * 1.6f) * 1.3f;
        // clefts reach 20 mm or so under the surface, and run along the midline as well
        var reach = 17 + (8 * _grain.Smooth(x / 18, y / 18, (z / 18) + 5));
        var fromSurface = MathF.Min(-depth,
            MathF.Abs(x) - 0.5f + (Math.Clamp((38 - z) / 8, 0f, 1f) * 0.7f * MathF.Max(0, 56 - MathF.Abs(y))));
        var toCleft = cleft + (MathF.Max(0, fromSurface - reach) * 0.6f);
        var toFluid = MathF.Min(toCleft, fromSurface + 0.8f);
        var ribbon = 2.8f + (0.5f * _grain.Smooth(x / 8, y / 8, z / 8));
        var white = White + (18 * _grain.Smooth(x / 12, y / 12, z / 12));
        var value = white + ((Grey - white) * Canvas.Inside(toFluid - ribbon, 0.9f));
        return value + ((Fluid - value) * Canvas.Inside(toFluid - 0.7f, 0.7f) * Canvas.Inside(fromSurface - reach - 2, 3));
    }

    private PhantomImage Finish(Canvas canvas, float z)
    {
        var pixels = new ushort[canvas.Values.Length];
        var slice = (int)MathF.Round(z * 8);
        for (int row = 0, i = 0; row < canvas.Rows; row++)
        {
            for (var column = 0; column < canvas.Columns; column++, i++)
            {
                // the coil is a little more sensitive near its elements; noise of a magnitude image is never negative
                float x = canvas.X(column), y = canvas.Y(row), gain = 0.94f + (0.000009f * ((x * x) + (y * y)));
                float real = (canvas.Values[i] * gain) + (14 * _grain.White(column, row, slice)),
                    imaginary = 14 * _grain.White(column, row, slice + 4096);
                pixels[i] = (ushort)Math.Clamp(MathF.Sqrt((real * real) + (imaginary * imaginary)), 0, 4095);
            }
        }

        return new PhantomImage(canvas.Columns, canvas.Rows, 12, pixels)
        {
            WindowCenter = 450, WindowWidth = 900, PixelSpacing = canvas.Spacing,
        };
    }
}
