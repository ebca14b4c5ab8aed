namespace Gantry.Cloud.Appointments;

/// <summary>What happens to an appointment.</summary>
internal enum ExamEvent
{
    /// <summary>Somebody clicked 'Send to modality'.</summary>
    Sent,

    /// <summary>MPPS IN PROGRESS, PS3.3 C.4.14.</summary>
    Started,

    /// <summary>MPPS COMPLETED.</summary>
    Completed,

    /// <summary>MPPS DISCONTINUED.</summary>
    Discontinued,
}

/// <summary>What became of an event.</summary>
internal enum MoveOutcome
{
    /// <summary>The state changed.</summary>
    Moved,

    /// <summary>It is in that state already.</summary>
    Repeated,

    /// <summary>A later event overtook this one.</summary>
    Late,

    /// <summary>Against the rules: recorded, nothing changed.</summary>
    Refused,
}

/// <summary>The whole state machine. Messages may be repeated and overtake each other, so an end may come before its beginning.</summary>
internal static class StateTable
{
    public static (AppointmentState Next, MoveOutcome Outcome) Move(AppointmentState state, ExamEvent happened) => (state, happened) switch
    {
        (AppointmentState.CheckedIn, ExamEvent.Sent) => (AppointmentState.SentToModality, MoveOutcome.Moved),
        (AppointmentState.SentToModality, ExamEvent.Sent) => (state, MoveOutcome.Repeated),

        (AppointmentState.SentToModality, ExamEvent.Started) => (AppointmentState.InProgress, MoveOutcome.Moved),
        (AppointmentState.SentToModality, ExamEvent.Completed) => (AppointmentState.Complete, MoveOutcome.Moved),
        (AppointmentState.SentToModality, ExamEvent.Discontinued) => (AppointmentState.Cancelled, MoveOutcome.Moved),

        (AppointmentState.InProgress, ExamEvent.Started) => (state, MoveOutcome.Repeated),
        (AppointmentState.InProgress, ExamEvent.Completed) => (AppointmentState.Complete, MoveOutcome.Moved),
        (AppointmentState.InProgress, ExamEvent.Discontinued) => (AppointmentState.Cancelled, MoveOutcome.Moved),

        (AppointmentState.Complete, ExamEvent.Started) => (state, MoveOutcome.Late),
        (AppointmentState.Complete, ExamEvent.Completed) => (state, MoveOutcome.Repeated),

        (AppointmentState.Cancelled, ExamEvent.Started) => (state, MoveOutcome.Late),
        (AppointmentState.Cancelled, ExamEvent.Discontinued) => (state, MoveOutcome.Repeated),

        _ => (state, MoveOutcome.Refused),
    };

    /// <summary>The event of an MPPS status; null for another word.</summary>
    public static ExamEvent? EventOf(string status) => status switch
    {
        "IN PROGRESS" => ExamEvent.Started,
        "COMPLETED" => ExamEvent.Completed,
        "DISCONTINUED" => ExamEvent.Discontinued,
        _ => null,
    };
}
