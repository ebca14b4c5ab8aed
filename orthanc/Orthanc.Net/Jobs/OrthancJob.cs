using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>A job that was begun.</summary>
public sealed record OrthancJobReference
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }
}

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Waits for its turn.</summary>
    Pending,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Success,

    /// <summary>Ended with an error.</summary>
    Failure,

    /// <summary>Stopped until it is resumed.</summary>
    Paused,

    /// <summary>Failed, and will be tried again by itself.</summary>
    Retry,
}

/// <summary>A job of Orthanc.</summary>
public sealed record OrthancJob
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("ID")]
    public required string Id { get; init; }

    /// <summary>For example DicomModalityStore, DicomMoveScu, Archive.</summary>
    public required string Type { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>0 to 100.</summary>
    public int Progress { get; init; }

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Orthanc's number for the error; 0 for none.</summary>
    public int ErrorCode { get; init; }

    /// <summary>The kind of error in words.</summary>
    public string? ErrorDescription { get; init; }

    /// <summary>More about the error; show it, but do not log it.</summary>
    public string? ErrorDetails { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    [JsonConverter(typeof(OrthancTimeConverter))]
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When it ended, in UTC; null if it has not.</summary>
    [JsonConverter(typeof(OrthancTimeConverter))]
    public DateTimeOffset? CompletionTime { get; init; }

    /// <summary>Seconds it has run.</summary>
    public double EffectiveRuntime { get; init; }

    /// <summary>What it is about; other for each type.</summary>
    public JsonElement Content { get; init; }

    /// <summary>True if it will do nothing more by itself.</summary>
    public bool IsDone => State is JobState.Success or JobState.Failure;
}
