using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>
/// Content of an outbox message of kind <see cref="Kind"/>: an image has come into the archive. It holds no more than what leads
/// there: tags and thumbnail are read when it is delivered, so that a backlog of images stays small.
/// </summary>
/// <param name="InstanceId">Orthanc's id of the instance.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="StudyInstanceUid">Study Instance UID.</param>
/// <param name="AccessionNumber">Accession Number of the study; null if it has none.</param>
/// <param name="ReceivedAt">When the archive stored it, UTC.</param>
internal sealed record ImageArrival(
    string InstanceId, string SopInstanceUid, string SeriesInstanceUid, string StudyInstanceUid, string? AccessionNumber, DateTimeOffset ReceivedAt)
{
    /// <summary>The kind under which such messages are written.</summary>
    public const string Kind = "study.image_received";

    /// <summary>The same image in the same archive is one event, however often it is met.</summary>
    public string EventKey => $"image:{SopInstanceUid}";

    /// <summary>Messages of one exam, those of its MPPS included, are delivered in order.</summary>
    public string OrderKey => AccessionNumber ?? StudyInstanceUid;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ImageArrivalJson.Default.ImageArrival);

    /// <exception cref="JsonException">The payload is not such a message.</exception>
    public static ImageArrival Parse(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, ImageArrivalJson.Default.ImageArrival) ?? throw new JsonException("The payload is the word null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageArrival))]
internal sealed partial class ImageArrivalJson : JsonSerializerContext;
