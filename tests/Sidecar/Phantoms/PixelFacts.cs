using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

/// <summary>
/// What can be measured in a drawn image: means of small regions in the modality's unit, and whether it is a picture at all.
/// </summary>
internal static class PixelFacts
{
    /// <summary>Mean around a point given in millimetres from the middle of the image, in the rescaled unit.</summary>
    public static double At(this PhantomImage image, double x, double y, int radius = 2, int frame = 0)
    {
        int column = (int)Math.Round((x / image.PixelSpacing) + (image.Columns / 2.0)),
            row = (int)Math.Round((y / image.PixelSpacing) + (image.Rows / 2.0));
        return image.Mean(column - radius, row - radius, (2 * radius) + 1, (2 * radius) + 1, frame);
    }

    /// <summary>Mean of a rectangle of pixels, in the rescaled unit.</summary>
    public static double Mean(this PhantomImage image, int left, int top, int width, int height, int frame = 0)
    {
        double sum = 0;
        for (var row = top; row < top + height; row++)
        {
            for (var column = left; column < left + width; column++)
                sum += image.Pixels[(frame * image.Rows * image.Columns) + (row * image.Columns) + column];
        }

        return (sum / (width * height) * image.RescaleSlope) + image.RescaleIntercept;
    }

    /// <summary>
    /// How alike neighbours are: near 0 for noise, near 1 for a picture (the correlation of each pixel with the next in its row).
    /// </summary>
    public static double NeighbourCorrelation(this PhantomImage image)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (var i = 0; i < (image.Rows * image.Columns) - 1; i++)
        {
            if (i % image.Columns == image.Columns - 1)
                continue;
            double x = image.Pixels[i], y = image.Pixels[i + 1];
            n++;
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }

        return ((n * sxy) - (sx * sy)) / Math.Sqrt(((n * sxx) - (sx * sx)) * ((n * syy) - (sy * sy)));
    }

    /// <summary>
    /// Entropy of the histogram over the window in 32 steps, in bits: 0 for a flat square, 5 for all greys equally often.
    /// </summary>
    public static double WindowEntropy(this PhantomImage image, int frame = 0)
    {
        var counts = new int[32];
        var frameLength = image.Rows * image.Columns;
        foreach (var pixel in image.Pixels.AsSpan(frame * frameLength, frameLength))
        {
            var value = (((pixel * image.RescaleSlope) + image.RescaleIntercept - image.WindowCenter) / image.WindowWidth) + 0.5;
            counts[Math.Clamp((int)(value * 32), 0, 31)]++;
        }

        return counts.Where(c => c > 0).Sum(c => -(double)c / frameLength * Math.Log2((double)c / frameLength));
    }
}
