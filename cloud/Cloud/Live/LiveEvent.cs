using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Npgsql;

namespace Gantry.Cloud.Live;

/// <summary>Something that open pages show at once. The payload is JSON with a type.</summary>
internal sealed record LiveEvent(long Position, Guid ClinicId, Guid AppointmentId, string Type, string Payload)
{
    public const string StatusChange = "status_change";
    public const string NewImage = "new_image";

    private byte[]? _frame;

    /// <summary>As it stands in an event stream, the same bytes for every reader.</summary>
    public byte[] Frame => _frame ??= Encoding.UTF8.GetBytes($"id: {Position}\ndata: {Payload}\n\n");

    /// <summary>Writes a change of state within the transaction that makes it.</summary>
    public static Task AppendStatusAsync(
        NpgsqlConnection connection, Guid clinicId, Guid appointmentId, AppointmentState state, CancellationToken cancellationToken) =>
        AppendAsync(connection, clinicId, appointmentId, StatusChange, StatusPayload(appointmentId, state), cancellationToken);

    /// <summary>What is told of a change of state.</summary>
    public static string StatusPayload(Guid appointmentId, AppointmentState state) => JsonSerializer.Serialize(
        new StatusChangePayload(StatusChange, appointmentId, AppointmentStates.Name(state), AppointmentStates.Words(state), AppointmentStates.Tag(state)),
        LiveJson.Default.StatusChangePayload);

    /// <summary>Writes a new image within the transaction that keeps it.</summary>
    public static Task AppendImageAsync(
        NpgsqlConnection connection, Guid clinicId, Guid appointmentId, ImagePayload image, CancellationToken cancellationToken) =>
        AppendAsync(connection, clinicId, appointmentId, NewImage, ImagePayload(image), cancellationToken);

    /// <summary>What is told of a new image.</summary>
    public static string ImagePayload(ImagePayload image) => JsonSerializer.Serialize(image, LiveJson.Default.ImagePayload);

    private static async Task AppendAsync(
        NpgsqlConnection connection, Guid clinicId, Guid appointmentId, string type, string payload, CancellationToken cancellationToken)
    {
        await using var insert = connection.Command(
            "INSERT INTO live_events (clinic_id, appointment_id, type, payload) VALUES ($1, $2, $3, $4)", clinicId, appointmentId, type, payload);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The appointment has another state; html is its tag.</summary>
internal sealed record StatusChangePayload(string Type, Guid AppointmentId, string State, string Text, string Html);

/// <summary>An image, in a stream with its type and in a list without.</summary>
internal sealed record ImagePayload(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type, Guid ImageId, Guid AppointmentId, string StudyInstanceUid,
    string SeriesInstanceUid, string SopInstanceUid, string? Laterality, string? ViewPosition, string? ThumbnailUrl, DateTimeOffset ReceivedAt);

internal sealed record StatusPayload(Guid AppointmentId, string State, string Text, string Html);

internal sealed record StatusList(long Position, IReadOnlyList<StatusPayload> Statuses);

internal sealed record ImageList(long Position, IReadOnlyList<ImagePayload> Images);

internal sealed record ConnectedPayload(string Type, long Position);

/// <summary>The stream ends here for now, and why.</summary>
internal sealed record ErrorPayload(string Type, string Message);

/// <summary>Answer to a click that did not lead to a new page.</summary>
internal sealed record SendAnswer(bool Sent, string Message);

/// <summary>Escapes what HTML would take for its own, so that a payload may stand anywhere.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StatusChangePayload))]
[JsonSerializable(typeof(ImagePayload))]
[JsonSerializable(typeof(StatusList))]
[JsonSerializable(typeof(ImageList))]
[JsonSerializable(typeof(ConnectedPayload))]
[JsonSerializable(typeof(ErrorPayload))]
[JsonSerializable(typeof(SendAnswer))]
internal sealed partial class LiveJson : JsonSerializerContext;
