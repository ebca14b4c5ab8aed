using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>What all four levels have in common.</summary>
public abstract record OrthancResource
{
    private protected OrthancResource()
    {
    }

    /// <summary>Orthanc's id: a hash of the DICOM identifiers, the same in every Orthanc.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>The tags that Orthanc keeps in its index, by keyword (AccessionNumber, ...).</summary>
    [JsonConverter(typeof(TagTextConverter))]
    public required IReadOnlyDictionary<string, string> MainDicomTags { get; init; }

    /// <summary>The tags that a search asked for (1.11 and later), by keyword; null otherwise.</summary>
    [JsonConverter(typeof(TagTextConverter))]
    public IReadOnlyDictionary<string, string>? RequestedTags { get; init; }

    /// <summary>Labels (1.12 and later); null before.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>True when nothing came for as long as StableAge says; null for instances.</summary>
    public bool? IsStable { get; init; }

    /// <summary>When something came last, in UTC; null for instances.</summary>
    [JsonConverter(typeof(OrthancTimeConverter))]
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>The id it was modified from; null if it was not.</summary>
    public string? ModifiedFrom { get; init; }

    /// <summary>The id it was anonymized from; null if it was not.</summary>
    public string? AnonymizedFrom { get; init; }

    /// <summary>A main tag by its keyword; null if Orthanc does not have it.</summary>
    public string? Tag(string keyword) => MainDicomTags.GetValueOrDefault(keyword);
}

/// <summary>A patient.</summary>
public sealed record OrthancPatient : OrthancResource
{
    /// <summary>Ids of the studies.</summary>
    public IReadOnlyList<string> Studies { get; init; } = [];
}

/// <summary>A study.</summary>
public sealed record OrthancStudy : OrthancResource
{
    /// <summary>Id of the patient.</summary>
    public required string ParentPatient { get; init; }

    /// <summary>The patient's tags as this study has them.</summary>
    [JsonConverter(typeof(TagTextConverter))]
    public IReadOnlyDictionary<string, string> PatientMainDicomTags { get; init; } = new Dictionary<string, string>();

    /// <summary>Ids of the series.</summary>
    public IReadOnlyList<string> Series { get; init; } = [];
}

/// <summary>A series.</summary>
public sealed record OrthancSeries : OrthancResource
{
    /// <summary>Id of the study.</summary>
    public required string ParentStudy { get; init; }

    /// <summary>Ids of the instances.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>How many instances the tags promise; null if they promise nothing.</summary>
    public int? ExpectedNumberOfInstances { get; init; }

    /// <summary>Complete, Missing, Inconsistent or Unknown.</summary>
    public string? Status { get; init; }
}

/// <summary>An instance.</summary>
public sealed record OrthancInstance : OrthancResource
{
    /// <summary>Id of the series.</summary>
    public required string ParentSeries { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public long FileSize { get; init; }

    /// <summary>Its name in Orthanc's storage.</summary>
    public string? FileUuid { get; init; }

    /// <summary>Its place in the series; null if the tags do not tell.</summary>
    public int? IndexInSeries { get; init; }
}
