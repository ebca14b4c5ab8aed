using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>A file that belongs to a resource; the one named 'dicom' is the DICOM file of an instance.</summary>
public sealed record OrthancAttachment
{
    /// <summary>Its name in Orthanc's storage.</summary>
    public string? Uuid { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long UncompressedSize { get; init; }

    /// <summary>MD5 of the content, in hexadecimal; null if Orthanc is not set to keep it.</summary>
    [JsonPropertyName("UncompressedMD5")]
    public string? UncompressedMd5 { get; init; }

    /// <summary>Length on disk in bytes.</summary>
    public long CompressedSize { get; init; }
}
