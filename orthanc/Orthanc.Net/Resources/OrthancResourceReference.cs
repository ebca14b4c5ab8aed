using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>A resource that was looked up.</summary>
public sealed record OrthancResourceReference
{
    /// <summary>Orthanc's id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>Its level.</summary>
    public required ResourceLevel Type { get; init; }

    /// <summary>Its path in the REST API.</summary>
    public string? Path { get; init; }
}
