using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>A DICOM node that Orthanc knows (DicomModalities in orthanc.json). What is null takes Orthanc's own choice.</summary>
public sealed record OrthancModality
{
    /// <summary>Its AE title, at most 16 characters.</summary>
    [JsonPropertyName("AET")]
    public required string AeTitle { get; init; }

    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>DICOM port.</summary>
    public required int Port { get; init; }

    /// <summary>Whose habits to mind, for example Generic.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>The AE title that Orthanc calls it by; empty for its own.</summary>
    public string? LocalAet { get; init; }

    /// <summary>Seconds to wait for it; 0 for DicomScuTimeout.</summary>
    public int? Timeout { get; init; }

    /// <summary>True if it is called over TLS.</summary>
    public bool? UseDicomTls { get; init; }

    /// <summary>True if images may be converted for it.</summary>
    public bool? AllowTranscoding { get; init; }

    /// <summary>True if it may send C-ECHO.</summary>
    public bool? AllowEcho { get; init; }

    /// <summary>True if it may store.</summary>
    public bool? AllowStore { get; init; }

    /// <summary>True if it may query.</summary>
    public bool? AllowFind { get; init; }

    /// <summary>True if it may have images sent to somebody.</summary>
    public bool? AllowMove { get; init; }

    /// <summary>True if it may fetch.</summary>
    public bool? AllowGet { get; init; }
}
