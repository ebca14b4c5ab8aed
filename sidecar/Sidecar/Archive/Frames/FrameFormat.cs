using Microsoft.Net.Http.Headers;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Frames;

/// <summary>Chooses PNG or JPEG: the parameter <c>format</c> first, then the header Accept (RFC 9110 12.5.1).</summary>
internal static class FrameFormat
{
    private static readonly (string Name, ImageFormat Format)[] Known = [("image/jpeg", ImageFormat.Jpeg), ("image/png", ImageFormat.Png)];

    /// <summary>Null if neither is wanted. Where both are welcome it is JPEG, which is drawn and sent much faster.</summary>
    public static ImageFormat? Choose(string? format, IList<MediaTypeHeaderValue> accept)
    {
        if (!string.IsNullOrEmpty(format))
        {
            return format.ToUpperInvariant() switch
            {
                "JPEG" or "JPG" or "IMAGE/JPEG" => ImageFormat.Jpeg,
                "PNG" or "IMAGE/PNG" => ImageFormat.Png,
                _ => null,
            };
        }
        if (accept.Count == 0)
            return ImageFormat.Jpeg;
        var best = Known.Select(known => (known.Format, Quality: Quality(known.Name, accept))).MaxBy(known => known.Quality);
        return best.Quality > 0 ? best.Format : null;
    }

    public static string MediaType(ImageFormat format) => Known.First(known => known.Format == format).Name;

    /// <summary>How welcome a type is: the most exact range that names it decides.</summary>
    private static double Quality(string name, IList<MediaTypeHeaderValue> accept)
    {
        var type = new MediaTypeHeaderValue(name);
        return accept.Where(type.IsSubsetOf).OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
            .Select(range => range.Quality ?? 1).FirstOrDefault();
    }
}
