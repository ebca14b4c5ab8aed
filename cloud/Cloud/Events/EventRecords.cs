using Gantry.Cloud.Appointments;

namespace Gantry.Cloud.Events;

/// <summary>A status that a gateway told, and what became of it.</summary>
internal sealed class StatusEvent
{
    public required long Id { get; init; }

    public string? MessageId { get; init; }

    public string? ActionId { get; init; }

    public string? AccessionNumber { get; init; }

    public string? StudyInstanceUid { get; init; }

    public string? MppsInstanceUid { get; init; }

    public required string Status { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public Guid? AppointmentId { get; init; }

    public Appointment? Appointment { get; init; }

    public string? OldState { get; init; }

    public string? NewState { get; init; }

    /// <summary>moved, repeated, late, refused or unmatched.</summary>
    public required string Outcome { get; init; }

    /// <summary>The status of the reply.</summary>
    public required string Reply { get; init; }
}

/// <summary>A message that could not be taken as it came.</summary>
internal sealed class RefusedMessage
{
    public required long Id { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public string? MessageId { get; init; }

    public required string Problem { get; init; }

    /// <summary>Bytes of the whole message.</summary>
    public required int Length { get; init; }

    /// <summary>Its beginning, as it came.</summary>
    public required byte[] Body { get; init; }
}
