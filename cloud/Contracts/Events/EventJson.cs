using System.Diagnostics;
using System.Text.Json;

namespace Gantry.Contracts;

/// <summary>Events from and to their JSON form.</summary>
internal static class EventJson
{
    public static Parsed<GatewayEvent> Read(ReadOnlySpan<byte> json)
    {
        var head = MessageReader.Read(json, ContractsJson.Wire.MessageHead);
        if (!head.Succeeded)
            return new(head.Error with { Id = LooseId.Find(json, "message_id") });

        var id = head.Value.MessageId;
        // Status updates name their kind in event_type, images in message_type
        var type = string.IsNullOrEmpty(head.Value.EventType) ? head.Value.MessageType : head.Value.EventType;
        return type switch
        {
            null or "" => new(new MessageError("event_type", "is missing.", id)),
            GatewayEvent.StatusUpdateType => ReadStatus(json, id),
            GatewayEvent.ImageReceivedType => ReadImage(json, id),
            _ => new(new GatewayEvent.Unsupported(MessageReader.Printable(type)) { MessageId = id }),
        };
    }

    public static byte[] Write(GatewayEvent message) => message switch
    {
        GatewayEvent.StatusUpdated status => JsonSerializer.SerializeToUtf8Bytes(new StatusUpdateWire
        {
            SchemaVersion = message.SchemaVersion,
            MessageId = message.MessageId,
            EventType = GatewayEvent.StatusUpdateType,
            Timestamp = message.Timestamp,
            SourceSystem = message.SourceSystem,
            Data = status.Data,
        }, ContractsJson.Wire.StatusUpdateWire),
        GatewayEvent.ImageReceived image => JsonSerializer.SerializeToUtf8Bytes(new ImageReceivedWire
        {
            SchemaVersion = message.SchemaVersion,
            MessageId = message.MessageId,
            MessageType = GatewayEvent.ImageReceivedType,
            Timestamp = message.Timestamp,
            SourceSystem = message.SourceSystem,
            SourceReference = image.SourceReference,
            Parameters = image.Image,
        }, ContractsJson.Wire.ImageReceivedWire),
        GatewayEvent.Unsupported unknown => JsonSerializer.SerializeToUtf8Bytes(new StatusUpdateWire
        {
            SchemaVersion = message.SchemaVersion,
            MessageId = message.MessageId,
            EventType = unknown.Type,
            Timestamp = message.Timestamp,
            SourceSystem = message.SourceSystem,
        }, ContractsJson.Wire.StatusUpdateWire),
        _ => throw new UnreachableException(),
    };

    private static Parsed<GatewayEvent> ReadStatus(ReadOnlySpan<byte> json, string? id)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.StatusUpdateWire, id);
        if (!read.Succeeded)
            return new(read.Error);

        var wire = read.Value;
        if (wire.Data is null)
            return new(new MessageError("data", "is missing.", id));
        if (string.IsNullOrWhiteSpace(wire.Data.Status))
            return new(new MessageError("data.status", "is missing.", id ?? wire.Data.ActionId));
        return new(new GatewayEvent.StatusUpdated(wire.Data)
        {
            SchemaVersion = wire.SchemaVersion,
            MessageId = id,
            Timestamp = wire.Timestamp,
            SourceSystem = wire.SourceSystem,
        });
    }

    private static Parsed<GatewayEvent> ReadImage(ReadOnlySpan<byte> json, string? id)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.ImageReceivedWire, id);
        if (!read.Succeeded)
            return new(read.Error);

        var wire = read.Value;
        if (wire.Parameters is null)
            return new(new MessageError("parameters", "is missing.", id));
        var error = Missing("message_id", id)
            ?? Missing("parameters.study.study_instance_uid", wire.Parameters.Study.StudyInstanceUid)
            ?? Missing("parameters.series.series_instance_uid", wire.Parameters.Series.SeriesInstanceUid)
            ?? Missing("parameters.image.sop_instance_uid", wire.Parameters.Image.SopInstanceUid);
        return error is not null ? new(error) : new(new GatewayEvent.ImageReceived(wire.Parameters, wire.SourceReference)
        {
            SchemaVersion = wire.SchemaVersion,
            MessageId = id,
            Timestamp = wire.Timestamp,
            SourceSystem = wire.SourceSystem,
        });

        MessageError? Missing(string field, string? value) => string.IsNullOrWhiteSpace(value) ? new(field, "is missing.", id) : null;
    }
}
