namespace Orthanc.Net;

/// <summary>Formats that Orthanc draws.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, 8 bits.</summary>
    Jpeg,

    /// <summary>PNG, 8 bits.</summary>
    Png,

    /// <summary>Portable arbitrary map.</summary>
    Pam,
}

internal static class ImageFormats
{
    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.Pam => "image/x-portable-arbitrarymap",
    };
}
