namespace Gantry.Contracts;

/// <summary>
/// What a gateway tells the cloud: contracts.md section 5. One message and one <see cref="EventReply"/> per connection.
/// </summary>
public abstract record GatewayEvent
{
    private GatewayEvent() { }

    /// <summary>The value of event_type of a status update.</summary>
    public const string StatusUpdateType = "mpps.status_update";

    /// <summary>The value of message_type of an image.</summary>
    public const string ImageReceivedType = "study.image_received";

    /// <summary>Version of the form; 1. Later versions only add fields, so a higher number is read as well.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>A UUID that stays the same however often the message is sent. Older gateways give none with a status update.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Who tells: gateway-mwl or gateway-pacs.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>mpps.status_update.</summary>
    /// <param name="Data">What changed.</param>
    public sealed record StatusUpdated(StatusUpdate Data) : GatewayEvent;

    /// <summary>study.image_received.</summary>
    /// <param name="Image">The image.</param>
    /// <param name="SourceReference">The action that made its order, if any.</param>
    public sealed record ImageReceived(ReceivedImage Image, SourceReference? SourceReference) : GatewayEvent;

    /// <summary>Well-formed, but of a type this version does not know; answered by <see cref="EventReply.UnknownEvent"/>.</summary>
    /// <param name="Type">The type, printable and at most 64 characters.</param>
    public sealed record Unsupported(string Type) : GatewayEvent;

    /// <summary>The event as UTF-8 JSON.</summary>
    public byte[] ToJson() => EventJson.Write(this);

    /// <summary>
    /// Reads an event. Never throws: what is wrong comes back as <see cref="Parsed{T}.Error"/>, with the message_id (or
    /// action_id) when it could be read. Unknown fields are ignored.
    /// </summary>
    /// <param name="json">UTF-8.</param>
    public static Parsed<GatewayEvent> Parse(ReadOnlySpan<byte> json) => EventJson.Read(json);
}
