using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Relay;

/// <summary>
/// A message on a listener's control channel: an object with one member that names the kind. The service sends
/// <c>accept</c>, the listener <c>renewToken</c>.
/// </summary>
internal sealed record ControlMessage
{
    public AcceptMessage? Accept { get; init; }

    public RenewTokenMessage? RenewToken { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ControlJson.Default.ControlMessage);

    /// <summary>The message; empty when it is of a kind that is not known here, null when it is no JSON object.</summary>
    public static ControlMessage? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ControlJson.Default.ControlMessage);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>A sender waits: here is where to meet it.</summary>
internal sealed record AcceptMessage
{
    /// <summary>The rendezvous, to be used as it is and once.</summary>
    public string? Address { get; init; }

    /// <summary>Names the connection in logs on all sides.</summary>
    public string? Id { get; init; }

    /// <summary>The HTTP headers of the sender's request.</summary>
    public Dictionary<string, string>? ConnectHeaders { get; init; }
}

/// <summary>A fresh token for the control channel, in place of the one that is about to expire.</summary>
internal sealed record RenewTokenMessage
{
    public string? Token { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlMessage))]
internal sealed partial class ControlJson : JsonSerializerContext;
