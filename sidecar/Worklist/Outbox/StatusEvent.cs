using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Worklist;

/// <summary>Content of an outbox message of kind <see cref="Kind"/>: an order's exam was started, finished or given up.</summary>
public sealed record StatusEvent
{
    /// <summary>The kind under which such messages are written.</summary>
    public const string Kind = "mpps.status_update";

    /// <summary>The same as the message's event key.</summary>
    public required string EventId { get; init; }

    /// <summary>The order's accession number.</summary>
    public required string AccessionNumber { get; init; }

    /// <summary>IN PROGRESS, COMPLETED or DISCONTINUED.</summary>
    public required string Status { get; init; }

    /// <summary>action_id of the cloud message that made the order, null if it came another way.</summary>
    public string? SourceMessageId { get; init; }

    /// <summary>The order's Study Instance UID.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>SOP Instance UID of the performed procedure step.</summary>
    public required string MppsInstanceUid { get; init; }

    /// <summary>Performed start, yyyyMMddHHmmss, site time.</summary>
    public string? StartTime { get; init; }

    /// <summary>Performed end, yyyyMMddHHmmss, site time.</summary>
    public string? EndTime { get; init; }

    /// <summary>When it happened here, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Reads a message's payload.</summary>
    /// <exception cref="JsonException">The payload is not such a message.</exception>
    public static StatusEvent Parse(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, StatusEventJson.Default.StatusEvent)
            ?? throw new JsonException("The payload is the word null.");

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StatusEventJson.Default.StatusEvent);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusEvent))]
internal sealed partial class StatusEventJson : JsonSerializerContext;
