using Gantry.Cloud.Appointments;

namespace Gantry.Cloud.Gateways;

/// <summary>A hospital's gateway: whoever listens on this hybrid connection.</summary>
internal sealed class Gateway
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public required string HybridConnection { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Something that a gateway is to do. Its id is the message's action_id.</summary>
internal sealed class ActionRecord
{
    public required Guid Id { get; init; }

    public required Guid GatewayId { get; init; }

    public Gateway? Gateway { get; init; }

    public Guid? AppointmentId { get; init; }

    public Appointment? Appointment { get; init; }

    public required string Type { get; init; }

    /// <summary>The message as it goes out.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was first tried.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When the gateway answered.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>When the gateway said that it is done, or told of its exam.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public DateTimeOffset? FailedAt { get; set; }

    public string? FailurePhase { get; set; }

    public string? FailureReason { get; set; }

    public int Attempts { get; set; }

    /// <summary>When it is tried next; null when there is nothing more to do.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public ActionState State =>
        ConfirmedAt is not null ? ActionState.Confirmed
        : DueAt is null && FailedAt is not null ? ActionState.Failed
        : DeliveredAt is not null ? ActionState.Delivered
        : FailedAt is not null ? ActionState.Retrying
        : SentAt is not null ? ActionState.Sent
        : ActionState.Waiting;
}

internal enum ActionState
{
    Waiting,
    Sent,
    Retrying,
    Delivered,
    Confirmed,
    Failed,
}
