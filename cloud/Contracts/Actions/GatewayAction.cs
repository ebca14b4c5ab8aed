using System.Text.Json;

namespace Gantry.Contracts;

/// <summary>
/// What the cloud asks a gateway to do: contracts.md section 4. One message and one <see cref="ActionReply"/> per connection.
/// </summary>
public abstract record GatewayAction
{
    private GatewayAction() { }

    /// <summary>Version of the form; 1. Later versions only add fields, so a higher number is read as well.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>A UUID; the same id sent twice is done once. Empty only in an echo or health question that gave none.</summary>
    public string ActionId { get; init; } = "";

    /// <summary>When it was asked, UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Who asks, such as manage-breast-screening.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>What it is about on the asking side.</summary>
    public SourceReference? SourceReference { get; init; }

    /// <summary>The action_type on the wire.</summary>
    public abstract string ActionType { get; }

    /// <summary>worklist.create_item: put an order on the worklist.</summary>
    /// <param name="Item">The order.</param>
    public sealed record CreateItem(WorklistOrder Item) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.CreateItem;
    }

    /// <summary>worklist.create_test_item: put an order on the worklist and let the built-in modality emulator do it.</summary>
    /// <param name="Item">The order.</param>
    public sealed record CreateTestItem(WorklistOrder Item) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.CreateTestItem;
    }

    /// <summary>worklist.remove_item: take an order off the worklist.</summary>
    /// <param name="AccessionNumber">The order's.</param>
    public sealed record RemoveItem(string AccessionNumber) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.RemoveItem;
    }

    /// <summary>worklist.update_status: set an order's status by hand.</summary>
    /// <param name="AccessionNumber">The order's.</param>
    /// <param name="Status">SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED.</param>
    public sealed record UpdateStatus(string AccessionNumber, string Status) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.UpdateStatus;
    }

    /// <summary>echo: give the payload back.</summary>
    /// <param name="Payload">Any JSON; null when there was none.</param>
    public sealed record Echo(JsonElement? Payload) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.Echo;
    }

    /// <summary>health: say how the gateway is.</summary>
    public sealed record Health : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => ActionTypes.Health;
    }

    /// <summary>Well-formed, but of a type this version does not know; answered by <see cref="ActionReply.Unsupported"/>.</summary>
    /// <param name="Type">The type asked for, printable and at most 64 characters.</param>
    public sealed record Unsupported(string Type) : GatewayAction
    {
        /// <inheritdoc/>
        public override string ActionType => Type;
    }

    /// <summary>The action as UTF-8 JSON.</summary>
    public byte[] ToJson() => ActionJson.Write(this);

    /// <summary>
    /// Reads an action. Never throws: what is wrong comes back as <see cref="Parsed{T}.Error"/>, with the action_id when it
    /// could be read. Unknown fields are ignored.
    /// </summary>
    /// <param name="json">UTF-8.</param>
    public static Parsed<GatewayAction> Parse(ReadOnlySpan<byte> json) => ActionJson.Read(json);
}
