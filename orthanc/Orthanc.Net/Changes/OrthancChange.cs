using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>Something that happened in the archive.</summary>
public sealed record OrthancChange
{
    /// <summary>Its place in the feed, from 1, ever rising. Numbers are missing where resources were deleted.</summary>
    [JsonPropertyName("Seq")]
    public required long Sequence { get; init; }

    /// <summary>What happened: one of <see cref="ChangeTypes"/>, or a type of a newer Orthanc.</summary>
    [JsonPropertyName("ChangeType")]
    public required string Type { get; init; }

    /// <summary>Level of the resource: Patient, Study, Series or Instance.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Orthanc's id of the resource; it may be deleted by now.</summary>
    [JsonPropertyName("ID")]
    public required string ResourceId { get; init; }

    /// <summary>Path of the resource in the REST API.</summary>
    public string? Path { get; init; }

    /// <summary>When it happened, in UTC, to the second.</summary>
    [JsonPropertyName("Date"), JsonConverter(typeof(OrthancTimeConverter))]
    public DateTimeOffset? Time { get; init; }
}

/// <summary>The types of changes that 1.10 and 1.12 tell.</summary>
public static class ChangeTypes
{
    /// <summary>An instance was stored.</summary>
    public const string NewInstance = "NewInstance";

    /// <summary>The first instance of a series was stored.</summary>
    public const string NewSeries = "NewSeries";

    /// <summary>The first instance of a study was stored.</summary>
    public const string NewStudy = "NewStudy";

    /// <summary>The first instance of a patient was stored.</summary>
    public const string NewPatient = "NewPatient";

    /// <summary>Nothing came for a series for as long as StableAge says.</summary>
    public const string StableSeries = "StableSeries";

    /// <summary>Nothing came for a study for as long as StableAge says.</summary>
    public const string StableStudy = "StableStudy";

    /// <summary>Nothing came for a patient for as long as StableAge says.</summary>
    public const string StablePatient = "StablePatient";

    /// <summary>A series has all instances that its tags promise.</summary>
    public const string CompletedSeries = "CompletedSeries";

    /// <summary>An attachment was changed.</summary>
    public const string UpdatedAttachment = "UpdatedAttachment";

    /// <summary>Metadata were changed.</summary>
    public const string UpdatedMetadata = "UpdatedMetadata";
}

/// <summary>A part of the feed.</summary>
public sealed record OrthancChangePage
{
    /// <summary>In the order of their sequence numbers.</summary>
    public required IReadOnlyList<OrthancChange> Changes { get; init; }

    /// <summary>True if nothing came after these when Orthanc was asked.</summary>
    public required bool Done { get; init; }

    /// <summary>The last sequence number of this page; on an empty page the last one of the whole feed.</summary>
    public required long Last { get; init; }
}
