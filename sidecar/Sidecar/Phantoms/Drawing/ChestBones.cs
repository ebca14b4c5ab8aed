namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>
/// The bones of a chest radiograph: spine, ribs from behind and in front, collar bones, shoulder blades and upper arms.
/// </summary>
internal static class ChestBones
{
    public static void Draw(Canvas canvas)
    {
        DrawSpine(canvas);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var rib = 0; rib < 10; rib++)
                DrawRib(canvas, side, rib);
            Bone(canvas, BentTube.Through(4, (side * 15, -117, 8), (side * 46, -128, 5.5f), (side * 88, -146, 5),
                (side * 134, -150, 6.5f)), 1.9f, 1.6f);
            // shoulder blade: a thin plate with thick borders, turned out of the lungs
            canvas.Add(BentTube.Through(3, (side * 136, -118, 16), (side * 140, -70, 15), (side * 146, -12, 5)), 0.7f, 1.5f);
            Bone(canvas, BentTube.Through(4, (side * 150, -130, 4), (side * 152, -70, 3.5f), (side * 147, -8, 3)), 0.8f, 1);
            Bone(canvas, BentTube.Through(4, (side * 112, -122, 3), (side * 152, -146, 5), (side * 166, -154, 6)), 1.1f, 1.2f);
            Bone(canvas, new Ellipse(side * 171, -124, 21, 23), 2.2f, 2);
        }
    }

    private static void DrawSpine(Canvas canvas)
    {
        for (var i = 0; i < 16; i++)
        {
            float y = -205 + (i * (20.5f + (0.5f * i))), half = 8.4f + (0.2f * i), wide = 12 + (0.42f * i);
            Bone(canvas, BentTube.Through(1, (-wide + 4, y, half), (wide - 4, y, half)), 1.9f, 1.2f);
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                Bone(canvas, new Ellipse(side * wide * 0.66f, y - 2, 2.6f, 4), 0.8f, 0.8f);
                canvas.Add(new Tube(side * wide, y - 3, 3.4f, side * (wide + 13), y - 6, 3), 0.7f, 1);
            }

            Bone(canvas, new Ellipse(0, y + 7, 2, 5), 0.8f, 0.8f);
        }
    }

    // A rib starts at the spine, runs out and down along the back, turns at the side and comes forward, lower still.
    private static void DrawRib(Canvas canvas, int side, int rib)
    {
        float y = -146 + (rib * 23.5f), drop = 16 + (rib * 4.2f), r = rib == 0 ? 5.2f : 5.6f;
        if (rib == 0)
        {
            Bone(canvas, BentTube.Through(4, (side * 19, y + 2, r), (side * 48, y - 8, r), (side * 62, y + 12, r),
                (side * 36, y + 34, 6.5f)), 1.2f, 1);
            return;
        }

        float edge = Chest.LungEdge(y + drop + 22) + 1;
        Bone(canvas, BentTube.Through(5, (side * 20, y, 4.6f), (side * 46, y - 4, r),
            (side * edge * 0.74f, y + (drop * 0.45f), r),
            (side * (edge - 6), y + drop, 5), (side * edge, y + drop + 20, 4)), 1.25f, 1.1f);
        if (rib > 7)
            return;
        // the front part is flatter and fainter, and ends where cartilage begins
        var end = 52 + (rib * 6);
        Bone(canvas, BentTube.Through(5, (side * edge, y + drop + 20, 4), (side * (edge - 9), y + drop + 40, 5.6f),
            (side * ((edge + end) / 2), y + drop + 58, 6.4f), (side * end, y + drop + 66, 7)), 0.75f, 1.1f);
    }

    // Bone is denser in its shell: the rim adds what the marrow does not.
    private static void Bone<TShape>(Canvas canvas, TShape shape, float value, float shell)
        where TShape : struct, IShape =>
        canvas.Visit(shape, 0.7f, (value, shell),
            static (ref float pixel, float cover, int _, float distance, float _, (float Value, float Shell) ink) =>
            pixel += cover * ink.Value * (0.72f + (0.45f * (1 - Canvas.Inside(distance + ink.Shell, 1)))));
}
