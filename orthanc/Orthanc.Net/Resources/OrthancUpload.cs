using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>What became of an upload.</summary>
public sealed record OrthancUpload
{
    /// <summary>Id of the instance.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>Stored, or there already.</summary>
    public required UploadStatus Status { get; init; }

    /// <summary>Id of the series.</summary>
    public string? ParentSeries { get; init; }

    /// <summary>Id of the study.</summary>
    public string? ParentStudy { get; init; }

    /// <summary>Id of the patient.</summary>
    public string? ParentPatient { get; init; }
}

/// <summary>Outcomes of an upload.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UploadStatus>))]
public enum UploadStatus
{
    /// <summary>It was stored.</summary>
    Success,

    /// <summary>An instance with this SOP Instance UID was there already and was kept.</summary>
    AlreadyStored,

    /// <summary>A Lua script or plugin of Orthanc refused it.</summary>
    FilteredOut,

    /// <summary>It was not stored.</summary>
    Failure,

    /// <summary>It was not stored, because the storage is full (1.11.3 and later).</summary>
    StorageFull,
}
