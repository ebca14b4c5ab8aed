using System.Globalization;

namespace Gantry.Contracts;

/// <summary>What an order must have before a worklist can hold it.</summary>
internal static class OrderRules
{
    private const string At = "parameters.worklist_item";

    /// <summary>The first thing that is wrong, or null.</summary>
    public static MessageError? Check(WorklistOrder? order, string id)
    {
        if (order is null)
            return new(At, "is missing.", id);
        return Missing("accession_number", order.AccessionNumber)
            ?? Missing("participant.nhs_number", order.Participant.NhsNumber)
            ?? Missing("participant.name", order.Participant.Name)
            ?? Missing("scheduled.date", order.Scheduled.Date)
            ?? Missing("scheduled.time", order.Scheduled.Time)
            ?? Missing("procedure.modality", order.Procedure.Modality)
            ?? Unless(IsDate(order.Scheduled.Date), "scheduled.date", "must be a date as YYYYMMDD.")
            ?? Unless(IsTime(order.Scheduled.Time), "scheduled.time", "must be a time as HHMM or HHMMSS.")
            ?? Unless(order.Participant.BirthDate is null or "" || IsDate(order.Participant.BirthDate), "participant.birth_date", "must be a date as YYYYMMDD.")
            ?? Unless(order.Participant.Sex is null or "" or "M" or "F" or "O", "participant.sex", "must be M, F or O.");

        MessageError? Missing(string field, string value) => Unless(!string.IsNullOrWhiteSpace(value), field, "is missing.");
        MessageError? Unless(bool holds, string field, string problem) => holds ? null : new($"{At}.{field}", problem, id);
    }

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) =>
        TimeOnly.TryParseExact(text, ["HHmm", "HHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
