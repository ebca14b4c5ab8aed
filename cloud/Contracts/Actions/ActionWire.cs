using System.Text.Json;

namespace Gantry.Contracts;

/// <summary>The JSON form of the actions about an order, in the order of contracts.md section 4.</summary>
internal sealed record OrderActionWire
{
    public int SchemaVersion { get; init => field = value == 0 ? 1 : value; } = 1;

    public string? ActionId { get; init; }

    public string? ActionType { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? SourceSystem { get; init; }

    public SourceReference? SourceReference { get; init; }

    public OrderActionParameters? Parameters { get; init; }
}

internal sealed record OrderActionParameters
{
    public WorklistOrder? WorklistItem { get; init; }

    public string? AccessionNumber { get; init; }

    public string? Status { get; init; }
}

/// <summary>The JSON form of the actions that are about no order (echo, health): parameters may be anything.</summary>
internal sealed record PlainActionWire
{
    public int SchemaVersion { get; init => field = value == 0 ? 1 : value; } = 1;

    public string? ActionId { get; init; }

    public string? ActionType { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public string? SourceSystem { get; init; }

    public SourceReference? SourceReference { get; init; }

    public JsonElement? Parameters { get; init; }

    public JsonElement? Payload { get; init; }
}
