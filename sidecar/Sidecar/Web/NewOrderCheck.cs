using System.Globalization;
using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Web;

/// <summary>
/// Whether an order that somebody adds by hand can be taken by every modality: its values must be legal in the VRs of their
/// attributes (<see cref="DicomVrRules"/>). Keeps a bad value out at the door, where somebody can mend it.
/// </summary>
internal static class NewOrderCheck
{
    /// <summary>The order to store, with blanks at the ends removed.</summary>
    /// <param name="order">What was sent.</param>
    /// <param name="stationAet">Gives the station for a modality, where the order names none.</param>
    /// <param name="errors">What is wrong, by field; empty if nothing is.</param>
    public static WorklistItem Of(NewOrder order, Func<string, string?> stationAet, out Dictionary<string, string[]> errors)
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        string? Field(string name, string? value, Rule rule, bool required = false)
        {
            value = value?.Trim();
            if (string.IsNullOrEmpty(value))
            {
                if (required)
                    Note(name, "is needed");
                return null;
            }
            if (rule(value) is { } wrong)
                Note(name, wrong);
            return value;
        }
        void Note(string name, string wrong) =>
            (found.TryGetValue(name, out var list) ? list : found[name] = []).Add($"{name} {wrong}.");

        var modality = Field("modality", order.Modality, Modality, required: true);
        var item = new WorklistItem
        {
            AccessionNumber = Field("accession_number", order.AccessionNumber, Vr(DicomVr.SH), required: true) ?? "",
            PatientId = Field("patient_id", order.PatientId, Vr(DicomVr.LO), required: true),
            PatientName = Field("patient_name", order.PatientName, Name, required: true),
            PatientBirthDate = Field("patient_birth_date", order.PatientBirthDate, Vr(DicomVr.DA)),
            PatientSex = Field("patient_sex", order.PatientSex, OneOf("M", "F", "O")),
            ScheduledDate = Field("scheduled_date", order.ScheduledDate, Vr(DicomVr.DA), required: true),
            ScheduledTime = Field("scheduled_time", order.ScheduledTime, Time, required: true),
            Modality = modality,
            StudyDescription = Field("study_description", order.StudyDescription, Vr(DicomVr.LO)),
            ProcedureCode = Field("procedure_code", order.ProcedureCode, Vr(DicomVr.SH)),
            ProcedureCodingScheme = Field("procedure_coding_scheme", order.ProcedureCodingScheme, Vr(DicomVr.SH)),
            ProcedureCodeMeaning = Field("procedure_code_meaning", order.ProcedureCodeMeaning, Vr(DicomVr.LO)),
            StudyInstanceUid = Field("study_instance_uid", order.StudyInstanceUid, Vr(DicomVr.UI)),
            SourceMessageId = Field("source_message_id", order.SourceMessageId, Vr(DicomVr.LO)),
            RequestedProcedureId = Field("requested_procedure_id", order.RequestedProcedureId, Vr(DicomVr.SH)),
            ScheduledStepId = Field("scheduled_step_id", order.ScheduledStepId, Vr(DicomVr.SH)),
            ScheduledStationAet = Field("scheduled_station_aet", order.ScheduledStationAet, Vr(DicomVr.AE))
                ?? (modality is null ? null : stationAet(modality)),
            ScheduledStationName = Field("scheduled_station_name", order.ScheduledStationName, Vr(DicomVr.SH)),
            ScheduledLocation = Field("scheduled_location", order.ScheduledLocation, Vr(DicomVr.SH)),
            ScheduledPhysician = Field("scheduled_physician", order.ScheduledPhysician, Name),
            StepDescription = Field("step_description", order.StepDescription, Vr(DicomVr.LO)),
            PatientNameIdeographic = Field("patient_name_ideographic", order.PatientNameIdeographic, Name),
            PatientNamePhonetic = Field("patient_name_phonetic", order.PatientNamePhonetic, Name),
            PatientNameRomanized = Field("patient_name_romanized", order.PatientNameRomanized, Name),
            ReferringPhysician = Field("referring_physician", order.ReferringPhysician, Name),
            RequestingPhysician = Field("requesting_physician", order.RequestingPhysician, Name),
            Priority = Field("priority", order.Priority, OneOf("STAT", "HIGH", "ROUTINE", "MEDIUM", "LOW")),
            PatientWeight = Field("patient_weight", order.PatientWeight, Number),
            PatientSize = Field("patient_size", order.PatientSize, Number),
            MedicalAlerts = Field("medical_alerts", order.MedicalAlerts, Vr(DicomVr.LO)),
            Allergies = Field("allergies", order.Allergies, Vr(DicomVr.LO)),
            PregnancyStatus = Field("pregnancy_status", order.PregnancyStatus, OneOf("1", "2", "3", "4")),
            PatientComments = Field("patient_comments", order.PatientComments, Vr(DicomVr.LT)),
            AdmissionId = Field("admission_id", order.AdmissionId, Vr(DicomVr.LO)),
            InstitutionName = Field("institution_name", order.InstitutionName, Vr(DicomVr.LO)),
            OtherPatientIds = Field("other_patient_ids", order.OtherPatientIds, Vr(DicomVr.LO)),
        };
        errors = found.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        return item;
    }

    /// <summary>What is wrong with a value, as the end of a sentence; null where nothing is.</summary>
    private delegate string? Rule(string value);

    private static Rule Vr(DicomVr vr) => value => DicomVrRules.Validate(vr, value);

    /// <summary>The other component groups have fields of their own.</summary>
    private static string? Name(string value) => value.Contains('=', StringComparison.Ordinal)
        ? "has an equals sign; the other scripts of a name have fields of their own" : DicomVrRules.Validate(DicomVr.PN, value);

    private static string? Modality(string value) =>
        DicomVrRules.Validate(DicomVr.CS, value) is { } wrong ? $"{wrong}; it is a code such as MG" : null;

    /// <summary>The table keeps hours, minutes and seconds.</summary>
    private static string? Time(string value) => value.Length is 4 or 6 && DicomVrRules.Validate(DicomVr.TM, value) is null
        ? null : "is not a time as HHMMSS, 000000 to 235959";

    private static string? Number(string value) => DicomVrRules.Validate(DicomVr.DS, value) is null
        && double.Parse(value, CultureInfo.InvariantCulture) is > 0 and < 1000 ? null : "is not a number above 0, with a point for decimals";

    private static Rule OneOf(params string[] words) => value => words.Contains(value) ? null : $"is one of {string.Join(", ", words)}";
}
