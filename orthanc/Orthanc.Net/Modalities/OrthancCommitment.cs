using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>One object that a node is to keep.</summary>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
public sealed record OrthancSopReference(
    [property: JsonPropertyName("SOPClassUID")] string SopClassUid,
    [property: JsonPropertyName("SOPInstanceUID")] string SopInstanceUid);

/// <summary>One object that a node does not keep.</summary>
public sealed record OrthancCommitmentFailure
{
    /// <summary>SOP Class UID.</summary>
    [JsonPropertyName("SOPClassUID")]
    public required string SopClassUid { get; init; }

    /// <summary>SOP Instance UID.</summary>
    [JsonPropertyName("SOPInstanceUID")]
    public required string SopInstanceUid { get; init; }

    /// <summary>Failure Reason (0008,1197), PS3.3 C.14.1.1; for example 274 (0112H), no such object.</summary>
    public int FailureReason { get; init; }

    /// <summary>The reason in words.</summary>
    public string? Description { get; init; }
}

/// <summary>How far a storage commitment came (PS3.4 Annex J).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommitmentStatus>))]
public enum CommitmentStatus
{
    /// <summary>The node has not reported yet.</summary>
    Pending,

    /// <summary>The node keeps everything.</summary>
    Success,

    /// <summary>The node does not keep everything.</summary>
    Failure,
}

/// <summary>What the node reported.</summary>
public sealed record OrthancCommitmentReport
{
    /// <summary>How far it came.</summary>
    public required CommitmentStatus Status { get; init; }

    /// <summary>AE title of the node.</summary>
    [JsonPropertyName("RemoteAET")]
    public string? RemoteAeTitle { get; init; }

    /// <summary>What it keeps.</summary>
    [JsonPropertyName("Success")]
    public IReadOnlyList<OrthancSopReference> Kept { get; init; } = [];

    /// <summary>What it does not keep.</summary>
    public IReadOnlyList<OrthancCommitmentFailure> Failures { get; init; } = [];
}

/// <summary>POST /modalities/{name}/storage-commitment.</summary>
internal sealed record OrthancCommitmentRequest(IReadOnlyList<string>? Resources, IReadOnlyList<OrthancSopReference>? DicomInstances);
