using System.Diagnostics;
using System.Text.Json;

namespace Gantry.Contracts;

/// <summary>Actions from and to their JSON form.</summary>
internal static class ActionJson
{
    private static readonly string[] Statuses = ["SCHEDULED", "IN_PROGRESS", "COMPLETED", "DISCONTINUED"];

    public static Parsed<GatewayAction> Read(ReadOnlySpan<byte> json)
    {
        var head = MessageReader.Read(json, ContractsJson.Wire.MessageHead);
        if (!head.Succeeded)
            return new(head.Error with { Id = LooseId.Find(json, "action_id") });

        var id = head.Value.ActionId ?? "";
        return head.Value.ActionType switch
        {
            null or "" => Wrong("action_type", "is missing.", id),
            ActionTypes.Echo or ActionTypes.Health => ReadPlain(json, id),
            _ when id.Length == 0 && IsKnown(head.Value.ActionType) => Wrong("action_id", "is missing.", null),
            ActionTypes.CreateItem or ActionTypes.CreateTestItem or ActionTypes.RemoveItem or ActionTypes.UpdateStatus => ReadOrderAction(json, id),
            var other => new(new GatewayAction.Unsupported(MessageReader.Printable(other)) { ActionId = id }),
        };
    }

    public static byte[] Write(GatewayAction action) => action switch
    {
        GatewayAction.CreateItem create => WriteOrderAction(action, new() { WorklistItem = create.Item }),
        GatewayAction.CreateTestItem create => WriteOrderAction(action, new() { WorklistItem = create.Item }),
        GatewayAction.RemoveItem remove => WriteOrderAction(action, new() { AccessionNumber = remove.AccessionNumber }),
        GatewayAction.UpdateStatus update =>
            WriteOrderAction(action, new() { AccessionNumber = update.AccessionNumber, Status = update.Status }),
        GatewayAction.Echo echo => WritePlain(action, echo.Payload),
        GatewayAction.Health or GatewayAction.Unsupported => WritePlain(action, null),
        _ => throw new UnreachableException(),
    };

    private static bool IsKnown(string type) =>
        type is ActionTypes.CreateItem or ActionTypes.CreateTestItem or ActionTypes.RemoveItem or ActionTypes.UpdateStatus;

    private static Parsed<GatewayAction> ReadPlain(ReadOnlySpan<byte> json, string id)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.PlainActionWire, id);
        if (!read.Succeeded)
            return new(read.Error);

        var wire = read.Value;
        GatewayAction action = wire.ActionType == ActionTypes.Echo ? new GatewayAction.Echo(EchoPayload(wire)) : new GatewayAction.Health();
        return new(action with
        {
            SchemaVersion = wire.SchemaVersion,
            ActionId = id,
            Timestamp = wire.Timestamp,
            SourceSystem = wire.SourceSystem,
            SourceReference = wire.SourceReference,
        });
    }

    /// <summary>The payload stands in the parameters, or beside them, or is the parameters themselves.</summary>
    private static JsonElement? EchoPayload(PlainActionWire wire)
    {
        if (wire.Parameters is { ValueKind: JsonValueKind.Object } parameters && parameters.TryGetProperty("payload", out var payload))
            return payload;
        return wire.Payload ?? wire.Parameters;
    }

    private static Parsed<GatewayAction> ReadOrderAction(ReadOnlySpan<byte> json, string id)
    {
        var read = MessageReader.Read(json, ContractsJson.Wire.OrderActionWire, id);
        if (!read.Succeeded)
            return new(read.Error);

        var wire = read.Value;
        var parameters = wire.Parameters ?? new();
        var order = parameters.WorklistItem;
        // Where only the order is named, both places for its accession number are read
        var accession = string.IsNullOrWhiteSpace(parameters.AccessionNumber) ? order?.AccessionNumber ?? "" : parameters.AccessionNumber;

        MessageError? error;
        GatewayAction action;
        switch (wire.ActionType)
        {
            case ActionTypes.CreateItem or ActionTypes.CreateTestItem:
                error = OrderRules.Check(order, id);
                action = wire.ActionType == ActionTypes.CreateItem ? new GatewayAction.CreateItem(order!) : new GatewayAction.CreateTestItem(order!);
                break;
            case ActionTypes.RemoveItem:
                error = CheckAccession(accession, id);
                action = new GatewayAction.RemoveItem(accession);
                break;
            default:
                error = CheckAccession(accession, id) ?? CheckStatus(parameters.Status, id);
                action = new GatewayAction.UpdateStatus(accession, parameters.Status ?? "");
                break;
        }
        return error is not null ? new(error) : new(action with
        {
            SchemaVersion = wire.SchemaVersion,
            ActionId = id,
            Timestamp = wire.Timestamp,
            SourceSystem = wire.SourceSystem,
            SourceReference = wire.SourceReference,
        });
    }

    private static MessageError? CheckAccession(string accession, string id) =>
        string.IsNullOrWhiteSpace(accession) ? new("parameters.accession_number", "is missing.", id) : null;

    private static MessageError? CheckStatus(string? status, string id) =>
        Statuses.Contains(status) ? null : new("parameters.status", $"must be one of {string.Join(", ", Statuses)}.", id);

    private static Parsed<GatewayAction> Wrong(string field, string problem, string? id) => new(new MessageError(field, problem, id));

    private static byte[] WriteOrderAction(GatewayAction action, OrderActionParameters parameters) =>
        JsonSerializer.SerializeToUtf8Bytes(new OrderActionWire
        {
            SchemaVersion = action.SchemaVersion,
            ActionId = action.ActionId,
            ActionType = action.ActionType,
            Timestamp = action.Timestamp,
            SourceSystem = action.SourceSystem,
            SourceReference = action.SourceReference,
            Parameters = parameters,
        }, ContractsJson.Wire.OrderActionWire);

    private static byte[] WritePlain(GatewayAction action, JsonElement? payload) =>
        JsonSerializer.SerializeToUtf8Bytes(new PlainActionWire
        {
            SchemaVersion = action.SchemaVersion,
            ActionId = action.ActionId.Length == 0 ? null : action.ActionId,
            ActionType = action.ActionType,
            Timestamp = action.Timestamp,
            SourceSystem = action.SourceSystem,
            SourceReference = action.SourceReference,
            Payload = payload,
        }, ContractsJson.Wire.PlainActionWire);
}
