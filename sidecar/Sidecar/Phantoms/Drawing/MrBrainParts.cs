namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// The parts within and below the cerebral hemispheres on MR: ventricles, deep grey matter, brain stem, cerebellum, and the face.
/// </summary>
internal static class MrBrainParts
{
    private const float Fat = 880, Bone = 60, Fluid = 165, Deep = 560, White = 700, Grey = 490, Muscle = 400, Air = 8;

    public static void Draw(Canvas canvas, float z)
    {
        if (z is > -24 and < 42)
            DrawDeep(canvas, z);
        if (z < -8)
            DrawBackOfHead(canvas, z);
    }

    public static void DrawFace(Canvas canvas, float z)
    {
        // the base of the skull: bone and air cells in front of the brain stem, then sinuses between the eyes
        canvas.Paint(new Ellipse(0, -56, 60 + (0.5f * z), 34), 300, 5);
        canvas.Paint(new Ellipse(0, -22, 17, 13), Bone + 140, 2);
        canvas.Paint(new Ellipse(0, -38, 12, 11), Air, 1.2f);
        canvas.Paint(new Ellipse(0, -60, 11, 18), 260, 1.5f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            canvas.Paint(new Tube(side * 12, -3, 3, side * 46, 6, 6.5f), Bone + 60, 2.5f);
            canvas.Paint(new Ellipse(side * 5, -60, 3.6f, 15), Air, 0.9f);
            canvas.Paint(Ellipse.Cut(z, side * 30, -55, -34, 19, 27, 22, side * -20), Bone, 1.5f);
            canvas.Paint(Ellipse.Cut(z, side * 30, -55, -34, 17.5f, 25.5f, 20, side * -20), Fat, 1.5f);
            canvas.Paint(new Tube(side * 14, -38, 2, side * 29, -54, 2), Muscle + 40, 1);
            canvas.Paint(new Tube(side * 19, -40, 2, side * 21, -62, 2.4f), Muscle, 1);
            canvas.Paint(new Tube(side * 35, -40, 2, side * 43, -60, 2.2f), Muscle, 1);
            canvas.Paint(Ellipse.Cut(z, side * 30, -67, -34, 13.5f, 13.5f, 14), Muscle, 0.9f);
            canvas.Paint(Ellipse.Cut(z, side * 30, -67, -34, 12, 12, 12.5f), Fluid - 20, 0.9f);
            canvas.Paint(Ellipse.Cut(z, side * 30, -77, -34, 5, 2.6f, 6), Muscle - 40, 0.9f);
        }
    }

    private static void DrawDeep(Canvas canvas, float z)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            // white matter of the hemisphere's middle, without folds
            canvas.Paint(Ellipse.Cut(z, side * 22, 2, 8, 21, 46, 32), White, 4);
            // thalamus, putamen with pallidum, head of the caudate nucleus, insula
            canvas.Paint(Ellipse.Cut(z, side * 10, 10, 2, 9, 15, 14, side * 20), Deep, 1.5f);
            canvas.Paint(Ellipse.Cut(z, side * 24, -8, 2, 6, 17, 14, side * 12), Deep - 40, 1.5f);
            canvas.Paint(Ellipse.Cut(z, side * 37, -6, 2, 2.4f, 22, 18, side * 6), Grey, 1.2f);
            canvas.Paint(Ellipse.Cut(z, side * 41, -8, 0, 1.6f, 20, 18, side * 6), Fluid, 1.2f);
            // lateral ventricle: front horn, body, back horn
            canvas.Paint(Ellipse.Cut(z, side * 13, -24, 8, 5.5f, 14, 18, side * 26), Deep - 20, 1.3f);
            canvas.Paint(Ellipse.Cut(z, side * 8, -26, 12, 4.4f, 15, 17, side * 22), Fluid, 1);
            canvas.Paint(Ellipse.Cut(z, side * 10, 2, 24, 5.5f, 33, 13, side * -8), Fluid, 1);
            canvas.Paint(Ellipse.Cut(z, side * 21, 38, 8, 5, 18, 18, side * 18), Fluid, 1);
            canvas.Paint(Ellipse.Cut(z, side * 21, 32, 6, 3, 6, 8, side * 18), Grey + 60, 1);
        }

        // third ventricle, corpus callosum in front and behind, cistern behind the pineal gland
        canvas.Paint(Ellipse.Cut(z, 0, 4, 0, 2.3f, 14, 12), Fluid, 1);
        canvas.Paint(Ellipse.Cut(z, 0, -42, 14, 13, 6, 20), White + 30, 1.2f);
        canvas.Paint(Ellipse.Cut(z, 0, 30, 14, 13, 4.5f, 10), White + 30, 1.2f);
        canvas.Paint(Ellipse.Cut(z, 0, 36, -6, 9, 6, 9), Fluid, 1.5f);
        canvas.Paint(new Ellipse(0, -1.5f, 0.7f, 24), z > 16 && z < 30 ? White - 60 : Deep, 0.8f);
    }

    private static void DrawBackOfHead(Canvas canvas, float z)
    {
        // cerebellum under its tent, with fine folds; pons in front of the fourth ventricle
        canvas.Paint(Ellipse.Cut(z, 0, 48, -44, 56, 40, 36), Fluid, 2);
        if (Ellipse.Cut(z, 0, 50, -44, 53, 36, 34) is { } cerebellum)
        {
            canvas.Visit(cerebellum, 1.2f, canvas,
                static (ref float pixel, float cover, int index, float distance, float y, Canvas c) =>
            {
                var x = c.X(index % c.Columns);
                var folds = MathF.Sin(((y - 30) * 0.95f) + (0.012f * x * x) + (0.6f * MathF.Sin(x * 0.25f)));
                var value = distance < -16 ? White - 40 : Grey + (55 * folds) - 10;
                pixel += cover * (value - pixel);
            });
            canvas.Paint(new Ellipse(0, 58, 5, 22), Grey + 10, 2);
        }

        canvas.Paint(Ellipse.Cut(z, 0, 8, -26, 24, 20, 60), Fluid, 2);
        canvas.Paint(Ellipse.Cut(z, 0, 9, -30, 16, 14, 60), White - 50, 1.2f);
        canvas.Paint(Ellipse.Cut(z, 0, 26, -36, 9, 4.5f, 16), Fluid, 1);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            canvas.Paint(new Tube(side * 12, 14, 4.5f, side * 26, 34, 6), White - 60, 2);
    }
}
