using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Contracts;

/// <summary>The cloud's answer to a <see cref="GatewayEvent"/>.</summary>
public sealed record EventReply
{
    /// <summary>See the makers below; contracts.md section 5.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>The image message this answers.</summary>
    public string? MessageId { get; init; }

    /// <summary>The action whose appointment changed.</summary>
    public string? ActionId { get; init; }

    /// <summary>The appointment that changed.</summary>
    public string? AppointmentId { get; init; }

    /// <summary>Its state before.</summary>
    public string? OldState { get; init; }

    /// <summary>Its state now.</summary>
    public string? NewState { get; init; }

    /// <summary>What was wrong, without patient data.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// True when the gateway is done with the message. A status that this version does not know does not count: better to
    /// send once more than to lose an exam.
    /// </summary>
    [JsonIgnore]
    public bool CountsAsDelivered =>
        Status is "updated" or "action_not_found" or "appointment_not_found" or "no_appointment_id" or "created" or "already_exists";

    /// <summary>The appointment has the state that the exam's status asks for.</summary>
    public static EventReply Updated(string? actionId, string appointmentId, string oldState, string newState) =>
        new() { Status = "updated", ActionId = actionId, AppointmentId = appointmentId, OldState = oldState, NewState = newState };

    /// <summary>No such action.</summary>
    public static EventReply ActionNotFound(string? actionId) => new() { Status = "action_not_found", ActionId = actionId };

    /// <summary>The action's appointment is gone.</summary>
    public static EventReply AppointmentNotFound(string? actionId) => new() { Status = "appointment_not_found", ActionId = actionId };

    /// <summary>The action was about no appointment.</summary>
    public static EventReply NoAppointmentId(string? actionId) => new() { Status = "no_appointment_id", ActionId = actionId };

    /// <summary>The image is stored.</summary>
    public static EventReply Created(string messageId) => new() { Status = "created", MessageId = messageId };

    /// <summary>The image was stored before.</summary>
    public static EventReply AlreadyExists(string messageId) => new() { Status = "already_exists", MessageId = messageId };

    /// <summary>The exam status is none of the three.</summary>
    public static EventReply UnknownStatus(string? actionId) =>
        new() { Status = "unknown_status", ActionId = actionId, Message = "data.status must be IN PROGRESS, COMPLETED or DISCONTINUED." };

    /// <summary>The event is of a type this version does not know.</summary>
    public static EventReply UnknownEvent(GatewayEvent.Unsupported message) =>
        new() { Status = "unknown_event", MessageId = message.MessageId, Message = $"Unknown event: {message.Type}" };

    /// <summary>Something was wrong.</summary>
    public static EventReply Error(string? messageId, string message) => new() { Status = "error", MessageId = messageId, Message = message };

    /// <summary>The answer to a message that could not be read.</summary>
    public static EventReply Error(MessageError error) => Error(error.Id, error.Message);

    /// <summary>The reply as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ContractsJson.Wire.EventReply);

    /// <summary>Reads a reply. Never throws.</summary>
    public static Parsed<EventReply> Parse(ReadOnlySpan<byte> json)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.EventReply);
        return read.Succeeded && read.Value.Status.Length == 0
            ? new(new MessageError("status", "is missing.", read.Value.MessageId ?? read.Value.ActionId))
            : read;
    }
}
