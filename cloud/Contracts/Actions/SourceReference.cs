namespace Gantry.Contracts;

/// <summary>What an action is about on the side that sent it.</summary>
public sealed record SourceReference
{
    /// <summary>The cloud's appointment, a UUID.</summary>
    public string? AppointmentId { get; init; }

    /// <summary>The cloud's participant: the NHS number.</summary>
    public string? ParticipantId { get; init; }

    /// <summary>The action that a message answers to, a UUID.</summary>
    public string? ActionId { get; init; }
}
