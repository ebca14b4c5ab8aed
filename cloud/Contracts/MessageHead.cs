namespace Gantry.Contracts;

/// <summary>The fields that say what kind of message it is and which one; read first, before the rest is looked at.</summary>
internal sealed record MessageHead
{
    public string? ActionId { get; init; }

    public string? MessageId { get; init; }

    public string? ActionType { get; init; }

    public string? EventType { get; init; }

    public string? MessageType { get; init; }
}
