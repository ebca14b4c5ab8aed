namespace Gantry.Sidecar.Phantoms.Drawing;

/// <summary>Turns a coarse canvas into the detector's finer grid, with its curve and its grain.</summary>
internal static class Upsampling
{
    /// <summary>
    /// Reads the canvas between its pixels (bilinear) and stores curve(value) + grain, clamped to 0 .. <paramref
    /// name="maximum"/>.
    /// </summary>
    /// <param name="canvas">What to read; its first and last pixels are those of the result.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="grain">Source of the detector's noise.</param>
    /// <param name="curve">From the canvas' value to the stored value.</param>
    /// <param name="noise">From the canvas' value to the standard deviation of the noise in stored values.</param>
    /// <param name="maximum">The largest stored value.</param>
    /// <param name="invert">True stores <paramref name="maximum"/> minus the value.</param>
    public static ushort[] ToPixels(Canvas canvas, int columns, int rows, Grain grain, Func<float, float> curve,
        Func<float, float> noise, int maximum, bool invert)
    {
        var pixels = new ushort[columns * rows];
        float stepX = (canvas.Columns - 1f) / columns, stepY = (canvas.Rows - 1f) / rows;
        var values = Array.ConvertAll(canvas.Values, v => curve(v));
        var spread = Array.ConvertAll(canvas.Values, v => MathF.Max(0, noise(v)));
        for (int row = 0, i = 0; row < rows; row++)
        {
            var fy = row * stepY;
            int y0 = (int)fy, line = y0 * canvas.Columns;
            fy -= y0;
            for (var column = 0; column < columns; column++, i++)
            {
                var fx = column * stepX;
                var x0 = (int)fx;
                fx -= x0;
                var at = line + x0;
                var top = values[at] + (fx * (values[at + 1] - values[at]));
                var bottom = values[at + canvas.Columns] + (fx * (values[at + canvas.Columns + 1] - values[at + canvas.Columns]));
                var value = Math.Clamp(top + (fy * (bottom - top)) + (spread[at] * grain.White(column, row)), 0, maximum);
                pixels[i] = (ushort)(invert ? maximum - value : value);
            }
        }

        return pixels;
    }
}
