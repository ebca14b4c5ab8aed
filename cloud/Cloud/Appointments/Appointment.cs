using Gantry.Cloud.Clinics;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Studies;

namespace Gantry.Cloud.Appointments;

/// <summary>A participant at a time.</summary>
internal sealed class Appointment
{
    public required Guid Id { get; init; }

    public required Guid SlotId { get; init; }

    public ClinicSlot? Slot { get; init; }

    public required Guid ParticipantId { get; init; }

    public Participant? Participant { get; init; }

    public AppointmentState State { get; set; }

    /// <summary>Made when it is first sent, and kept.</summary>
    public string? AccessionNumber { get; set; }

    public string? RequestedProcedureId { get; set; }

    public DateTimeOffset StateChangedAt { get; set; }

    public List<Study> Studies { get; } = [];

    public List<ActionRecord> Actions { get; } = [];
}
