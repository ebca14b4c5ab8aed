namespace Orthanc.Net;

/// <summary>
/// How an image is drawn. Orthanc knows these names in lower case only and answers 415 to a quality that it does not like,
/// so what is out of range is refused here.
/// </summary>
public sealed record RenderOptions
{
    /// <summary>Full size, JPEG, the window of the file.</summary>
    public static RenderOptions Default { get; } = new();

    /// <summary>188 pixels high, quality 25: what a study list shows.</summary>
    public static RenderOptions Thumbnail { get; } = new() { Height = 188, Quality = 25, Smooth = true };

    /// <summary>Width in pixels; null keeps the shape of the image.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels; null keeps the shape of the image.</summary>
    public int? Height { get; init; }

    /// <summary>Quality of a JPEG, 1 to 100; null is Orthanc's own (90).</summary>
    public int? Quality { get; init; }

    /// <summary>True to smooth what is made smaller; Orthanc's own choice is not to.</summary>
    public bool Smooth { get; init; }

    /// <summary>Center of the window, in rescaled values (PS3.3 C.11.2.1.2); null takes that of the file.</summary>
    public double? WindowCenter { get; init; }

    /// <summary>Width of the window, in rescaled values; null takes that of the file.</summary>
    public double? WindowWidth { get; init; }

    /// <summary>What to draw.</summary>
    public ImageFormat Format { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal string ToQuery()
    {
        Check(Width is null or > 0, nameof(Width), "is to be at least 1");
        Check(Height is null or > 0, nameof(Height), "is to be at least 1");
        Check(Quality is null or (>= 1 and <= 100), nameof(Quality), "is to be 1 to 100");
        Check(WindowCenter is null || double.IsFinite(WindowCenter.Value), nameof(WindowCenter), "is to be a number");
        Check(WindowWidth is null || double.IsFinite(WindowWidth.Value), nameof(WindowWidth), "is to be a number");
        return "".WithQuery(("width", Width.Text()), ("height", Height.Text()), ("quality", Quality.Text()), ("smooth", Smooth ? "1" : null),
            ("window-center", WindowCenter.Text()), ("window-width", WindowWidth.Text()));
    }

    private static void Check(bool isRight, string name, string rule)
    {
        if (!isRight)
            throw new ArgumentOutOfRangeException(name, $"{name} {rule}.");
    }
}
