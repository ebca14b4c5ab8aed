using System.Globalization;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>From stored values to what a screen shows: modality LUT, window, photometric interpretation (PS3.3 C.11, C.7.6.3.1.2).</summary>
internal static class Windowing
{
    /// <summary>Applies the window that is asked for, else that of the image, else its own range of values without padding.</summary>
    public static ScreenPicture Apply(Raster raster, OrthancTags tags, double? center, double? width)
    {
        var bytes = new byte[raster.Values.Length];
        var table = raster.Samples == 1 ? GrayTable(raster, tags, center, width) : ColourTable(raster.Bits);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = table[raster.Values[i]];
        return new(raster.Width, raster.Height, raster.Samples, bytes);
    }

    private static byte[] ColourTable(int bits)
    {
        var table = new byte[65536];
        for (var raw = 0; raw < table.Length; raw++)
            table[raw] = (byte)Math.Min(255, bits >= 8 ? raw >> (bits - 8) : raw * 255 / ((1 << bits) - 1));
        return table;
    }

    private static byte[] GrayTable(Raster raster, OrthancTags tags, double? center, double? width)
    {
        var (slope, intercept) = (Number(tags, "RescaleSlope") ?? 1, Number(tags, "RescaleIntercept") ?? 0);
        var stored = Stored(raster, tags["PixelRepresentation"] == "1");
        (center, width) = center is not null && width is not null ? (center, width) : (Number(tags, "WindowCenter"), Number(tags, "WindowWidth"));
        if (center is null || width is null)
            (center, width) = OwnWindow(raster, stored, (int?)Number(tags, "PixelPaddingValue"), slope, intercept);
        var invert = tags["PhotometricInterpretation"] == "MONOCHROME1";
        var table = new byte[65536];
        for (var raw = 0; raw < table.Length; raw++)
        {
            // PS3.3 C.11.2.1.2.1, the linear function
            var value = (slope * stored[raw]) + intercept;
            var shown = width.Value <= 1 ? (value > center.Value - 0.5 ? 1 : 0) : ((value - (center.Value - 0.5)) / (width.Value - 1)) + 0.5;
            var level = (byte)Math.Clamp(Math.Round(shown * 255), 0, 255);
            table[raw] = invert ? (byte)(255 - level) : level;
        }
        return table;
    }

    /// <summary>The stored value behind each raw one.</summary>
    private static int[] Stored(Raster raster, bool isSigned)
    {
        var stored = new int[65536];
        var half = 1 << (raster.Bits - 1);
        for (var raw = 0; raw < stored.Length; raw++)
        {
            stored[raw] = raster.IsSigned ? raw - half
                // Some encoders compress signed values as if they had no sign
                : isSigned && raw >= half ? raw - (2 * half)
                : raw;
        }
        return stored;
    }

    private static (double Center, double Width) OwnWindow(Raster raster, int[] stored, int? padding, double slope, double intercept)
    {
        var (smallest, largest) = (int.MaxValue, int.MinValue);
        foreach (var raw in raster.Values)
        {
            var value = stored[raw];
            if (value == padding)
                continue;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }
        if (smallest > largest)
            (smallest, largest) = (0, 1);
        return ((slope * (smallest + (double)largest) / 2) + intercept + 0.5, (Math.Abs(slope) * ((double)largest - smallest)) + 1);
    }

    private static double? Number(OrthancTags tags, string keyword) =>
        double.TryParse(tags[keyword]?.Split('\\')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : null;
}
