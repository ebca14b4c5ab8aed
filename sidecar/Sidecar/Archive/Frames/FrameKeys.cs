using Microsoft.AspNetCore.Mvc;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Frames;

/// <summary>How a frame is to be drawn, as it stands in the address.</summary>
internal readonly struct FrameKeys
{
    // Orthanc would draw a picture of any size it is told; full size, without these keys, may be larger
    private const int MostPixels = 4096;

    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    [FromQuery(Name = "windowCenter")]
    public double? WindowCenter { get; init; }

    [FromQuery(Name = "windowWidth")]
    public double? WindowWidth { get; init; }

    [FromQuery(Name = "width")]
    public int? Width { get; init; }

    [FromQuery(Name = "height")]
    public int? Height { get; init; }

    [FromQuery(Name = "quality")]
    public int? Quality { get; init; }

    /// <summary>Reads the keys; what is wrong goes into <paramref name="errors"/>, by key.</summary>
    public RenderOptions Read(ImageFormat format, Dictionary<string, string[]> errors)
    {
        if (Width is < 1 or > MostPixels)
            errors["width"] = [$"width is 1 to {MostPixels} pixels."];
        if (Height is < 1 or > MostPixels)
            errors["height"] = [$"height is 1 to {MostPixels} pixels."];
        if (Quality is < 1 or > 100)
            errors["quality"] = ["quality is 1 to 100; it is for JPEG only."];
        if (WindowCenter is null != WindowWidth is null)
            errors["windowWidth"] = ["windowCenter and windowWidth come together; without either it is the window of the image."];
        else if (WindowWidth is { } width && (!double.IsFinite(width) || width < 1 || !double.IsFinite(WindowCenter!.Value)))
            errors["windowWidth"] = ["windowWidth is a number of at least 1, windowCenter any number."];
        return errors.Count > 0 ? RenderOptions.Default : new()
        {
            Format = format, Width = Width, Height = Height, Quality = format == ImageFormat.Jpeg ? Quality : null,
            WindowCenter = WindowCenter, WindowWidth = WindowWidth, Smooth = Width is not null || Height is not null,
        };
    }
}
