using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Contracts;

/// <summary>A gateway's answer to a <see cref="GatewayAction"/>.</summary>
public sealed record ActionReply
{
    /// <summary>created, exists, removed, updated, not_found, tested, echo, ok or error.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>The action this answers.</summary>
    public string? ActionId { get; init; }

    /// <summary>For an error: what was wrong, without patient data.</summary>
    public string? Message { get; init; }

    /// <summary>For an echo: what was sent.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>For health: the report, an object.</summary>
    public JsonElement? Health { get; init; }

    /// <summary>False for an error and for what this version does not know.</summary>
    [JsonIgnore]
    public bool Succeeded => Status is "created" or "exists" or "removed" or "updated" or "not_found" or "tested" or "echo" or "ok";

    /// <summary>The item was made by this very action, now or the first time it came.</summary>
    public static ActionReply Created(string actionId) => new() { Status = "created", ActionId = actionId };

    /// <summary>Another action made an item with this accession number before.</summary>
    public static ActionReply Exists(string actionId) => new() { Status = "exists", ActionId = actionId };

    /// <summary>The item is off the worklist.</summary>
    public static ActionReply Removed(string actionId) => new() { Status = "removed", ActionId = actionId };

    /// <summary>The item has the status asked for.</summary>
    public static ActionReply Updated(string actionId) => new() { Status = "updated", ActionId = actionId };

    /// <summary>There is no such item.</summary>
    public static ActionReply NotFound(string actionId) => new() { Status = "not_found", ActionId = actionId };

    /// <summary>The item was made and the modality emulator works on it.</summary>
    public static ActionReply Tested(string actionId) => new() { Status = "tested", ActionId = actionId };

    /// <summary>The payload comes back; JSON null when there was none.</summary>
    public static ActionReply Echo(JsonElement? payload) => new() { Status = "echo", Payload = payload ?? Null };

    /// <summary>How the gateway is.</summary>
    /// <param name="actionId">The question's id, when it had one.</param>
    /// <param name="health">An object.</param>
    public static ActionReply Ok(string? actionId, JsonElement health) =>
        new() { Status = "ok", ActionId = string.IsNullOrEmpty(actionId) ? null : actionId, Health = health };

    /// <summary>Something was wrong.</summary>
    public static ActionReply Error(string? actionId, string message) =>
        new() { Status = "error", ActionId = string.IsNullOrEmpty(actionId) ? null : actionId, Message = message };

    /// <summary>The answer to a message that could not be read.</summary>
    public static ActionReply Error(MessageError error) => Error(error.Id, error.Message);

    /// <summary>The answer to an action of a type this version does not know.</summary>
    public static ActionReply Unsupported(GatewayAction.Unsupported action) => Error(action.ActionId, $"Unsupported action: {action.Type}");

    /// <summary>The reply as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ContractsJson.Wire.ActionReply);

    /// <summary>Reads a reply. Never throws.</summary>
    public static Parsed<ActionReply> Parse(ReadOnlySpan<byte> json)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.ActionReply);
        return read.Succeeded && read.Value.Status.Length == 0
            ? new(new MessageError("status", "is missing.", read.Value.ActionId))
            : read;
    }

    private static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;
}
