using Gantry.Contracts;
using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Relay;

/// <summary>An order of the cloud as an order of the worklist, by the rules that REST has too.</summary>
internal sealed class CloudOrders(SidecarSettings settings)
{
    /// <summary>Where the cloud's message has what REST calls so.</summary>
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["patient_id"] = "participant.nhs_number",
        ["patient_name"] = "participant.name",
        ["patient_birth_date"] = "participant.birth_date",
        ["patient_sex"] = "participant.sex",
        ["scheduled_date"] = "scheduled.date",
        ["scheduled_time"] = "scheduled.time",
        ["modality"] = "procedure.modality",
        ["scheduled_station_name"] = "procedure.station_name",
        ["study_description"] = "procedure.study_description",
        ["procedure_code"] = "procedure.procedure_code",
        ["source_message_id"] = "action_id",
    };

    /// <summary>The order to store.</summary>
    /// <param name="order">What the cloud sent.</param>
    /// <param name="actionId">The action that sent it.</param>
    /// <param name="warning">
    /// The order is kept, but modalities cannot be given it: numbers of 17 and more characters are in the messages of older clients, so
    /// they are taken, and the worklist sets them aside. Null where nothing is to be said.
    /// </param>
    /// <param name="error">Why it cannot be kept; null where it can.</param>
    public WorklistItem Item(WorklistOrder order, string actionId, out string? warning, out string? error)
    {
        var item = NewOrderCheck.Of(
            new()
            {
                AccessionNumber = order.AccessionNumber,
                PatientId = order.Participant.NhsNumber,
                PatientName = order.Participant.Name,
                PatientBirthDate = order.Participant.BirthDate,
                PatientSex = order.Participant.Sex,
                ScheduledDate = order.Scheduled.Date,
                ScheduledTime = order.Scheduled.Time,
                Modality = order.Procedure.Modality,
                StudyDescription = order.Procedure.StudyDescription,
                ProcedureCode = order.Procedure.ProcedureCode,
                ScheduledStationName = order.Procedure.StationName,
                RequestedProcedureId = order.RequestedProcedureId,
                SourceMessageId = actionId,
            },
            settings.StationAetFor, out var found);
        var tooLong = found.Where(pair => IsOnlyTooLong(pair.Key, item)).Select(pair => pair.Key).ToList();
        warning = tooLong.Count == 0 ? null
            : $"The order is kept, but no modality can be given it: {string.Join(" and ", tooLong)} may have 16 characters at most.";
        error = found.Keys.Except(tooLong).FirstOrDefault() is not { } wrong ? null
            : Say(wrong, found[wrong][0]);
        return item with { ScheduledTime = item.ScheduledTime is { Length: 4 } time ? time + "00" : item.ScheduledTime };
    }

    private static bool IsOnlyTooLong(string field, WorklistItem item)
    {
        var value = field switch
        {
            "accession_number" => item.AccessionNumber,
            "requested_procedure_id" => item.RequestedProcedureId,
            _ => null,
        };
        return value is { Length: > 16 } && DicomVrRules.Validate(DicomVr.LO, value) is null && DicomVrRules.Validate(DicomVr.SH, value.AsSpan(0, 16)) is null;
    }

    /// <summary>The sentence begins with REST's name of the field; the cloud knows it by its place.</summary>
    private static string Say(string field, string sentence)
    {
        var place = Places.GetValueOrDefault(field, field);
        place = place == "action_id" ? place : $"parameters.worklist_item.{place}";
        return sentence.StartsWith(field + " ", StringComparison.Ordinal) ? place + sentence[field.Length..] : $"{place}: {sentence}";
    }
}
