using System.Diagnostics;

namespace Gantry.Cloud.Appointments;

/// <summary>How far an appointment is: contracts.md section 6.</summary>
internal enum AppointmentState
{
    CheckedIn,
    SentToModality,
    InProgress,
    Complete,
    Cancelled,
}

/// <summary>The states' names on the wire and in the database, their words and colours on the pages.</summary>
internal static class AppointmentStates
{
    public static string Name(AppointmentState state) => state switch
    {
        AppointmentState.CheckedIn => "checked_in",
        AppointmentState.SentToModality => "sent_to_modality",
        AppointmentState.InProgress => "in_progress",
        AppointmentState.Complete => "complete",
        AppointmentState.Cancelled => "cancelled",
    };

    public static AppointmentState Parse(string name) => name switch
    {
        "checked_in" => AppointmentState.CheckedIn,
        "sent_to_modality" => AppointmentState.SentToModality,
        "in_progress" => AppointmentState.InProgress,
        "complete" => AppointmentState.Complete,
        "cancelled" => AppointmentState.Cancelled,
        _ => throw new UnreachableException($"The database holds the state '{name}'."),
    };

    public static string Words(AppointmentState state) => state switch
    {
        AppointmentState.CheckedIn => "Checked in",
        AppointmentState.SentToModality => "Sent to modality",
        AppointmentState.InProgress => "In progress",
        AppointmentState.Complete => "Complete",
        AppointmentState.Cancelled => "Cancelled",
    };

    private static string Colour(AppointmentState state) => state switch
    {
        AppointmentState.CheckedIn => "grey",
        AppointmentState.SentToModality => "purple",
        AppointmentState.InProgress => "yellow",
        AppointmentState.Complete => "green",
        AppointmentState.Cancelled => "red",
    };

    /// <summary>The tag of a state. Holds constants only, so that it needs no escaping.</summary>
    public static string Tag(AppointmentState state) =>
        $"<strong class=\"nhsuk-tag nhsuk-tag--{Colour(state)}\" data-state=\"{Name(state)}\">{Words(state)}</strong>";
}
