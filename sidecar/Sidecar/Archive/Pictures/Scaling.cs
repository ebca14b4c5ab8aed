namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>Makes pictures smaller or larger; each new pixel is the mean of what lies under it.</summary>
internal static class Scaling
{
    /// <summary>The largest size of the same shape that fits into what is asked for; the size as it is where nothing is.</summary>
    public static ScreenPicture Fit(ScreenPicture picture, int? width, int? height)
    {
        var ratio = Math.Min(width / (double)picture.Width ?? double.MaxValue, height / (double)picture.Height ?? double.MaxValue);
        if (ratio is double.MaxValue or 1)
            return picture;
        var (newWidth, newHeight) = (Math.Max(1, (int)Math.Round(picture.Width * ratio)), Math.Max(1, (int)Math.Round(picture.Height * ratio)));
        var bytes = new byte[newWidth * newHeight * picture.Samples];
        for (var row = 0; row < newHeight; row++)
        {
            var (top, bottom) = Under(row, newHeight, picture.Height);
            for (var column = 0; column < newWidth; column++)
            {
                var (left, right) = Under(column, newWidth, picture.Width);
                for (var sample = 0; sample < picture.Samples; sample++)
                    bytes[(((row * newWidth) + column) * picture.Samples) + sample] = Mean(picture, top, bottom, left, right, sample);
            }
        }
        return picture with { Width = newWidth, Height = newHeight, Bytes = bytes };
    }

    private static (int From, int To) Under(int place, int places, int length)
    {
        var from = (int)((long)place * length / places);
        return (from, Math.Max(from + 1, (int)((long)(place + 1) * length / places)));
    }

    private static byte Mean(ScreenPicture picture, int top, int bottom, int left, int right, int sample)
    {
        long sum = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
                sum += picture.Bytes[(((y * picture.Width) + x) * picture.Samples) + sample];
        }
        var count = (bottom - top) * (right - left);
        return (byte)((sum + (count / 2)) / count);
    }
}
