namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>The two projections of screening.</summary>
internal enum BreastView
{
    /// <summary>Craniocaudal: from above; the outer side is at the top of the image.</summary>
    CranioCaudal,

    /// <summary>Mediolateral oblique: with the pectoral muscle in the upper corner at the chest wall.</summary>
    MedioLateralOblique,
}

/// <summary>
/// A mammogram as shown to the reader: the chest wall of a right breast is on the right of the image, of a left breast on
/// the left.
/// Distances are millimetres: u from the chest wall towards the nipple, v down the image from its middle.
/// </summary>
internal sealed class Mammogram(int seed)
{
    private const float Width = 150, Height = 200;

    /// <summary>Draws one view; both views of one breast and both breasts of one seed resemble each other.</summary>
    public PhantomImage Draw(bool isRight, BreastView view, int columns = 1536)
    {
        columns = Math.Max(64, columns & ~1);
        var rows = (int)(columns * Height / Width) & ~1;
        var coarse = Math.Min(columns / 2, 768);
        var spacing = Width / coarse;
        var canvas = new Canvas(coarse + 1, (int)((long)coarse * rows / columns) + 1, 0, -Height / 2, spacing);
        var breast = new Breast(seed + (isRight ? 0 : 101), view);
        for (int row = 0, i = 0; row < canvas.Rows; row++)
        {
            var v = canvas.Y(row);
            for (var column = 0; column < canvas.Columns; column++, i++)
                canvas.Values[i] = breast.Density(canvas.X(column), v);
        }

        breast.DrawDucts(canvas);
        if (isRight)
            Mirror(canvas);
        var grain = new Grain(seed + (isRight ? 7 : 8) + (int)view);
        var pixels = Upsampling.ToPixels(canvas, columns, rows, grain, d => d <= 0 ? 20 : 500 + (2300 * d),
            d => d <= 0 ? 3 : 26, 4095, invert: false);
        var image = new PhantomImage(columns, rows, 12, pixels)
        {
            WindowCenter = 1550, WindowWidth = 2500, PixelSpacing = Width / columns,
        };
        breast.DrawCalcifications(image, isRight);
        return image;
    }

    private static void Mirror(Canvas canvas)
    {
        for (var row = 0; row < canvas.Rows; row++)
            Array.Reverse(canvas.Values, row * canvas.Columns, canvas.Columns);
    }
}
