using System.Globalization;
using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Web;

/// <summary>
/// What an order must look like so that every modality can take it: the VRs of its attributes (PS3.5 Table 6.2-1). Keeps a
/// bad value out at the door, where somebody can mend it.
/// </summary>
internal static class OrderRules
{
    /// <summary>The order to store, with blanks at the ends removed.</summary>
    /// <param name="order">What was sent.</param>
    /// <param name="stationAet">Gives the station for a modality, where the order names none.</param>
    /// <param name="errors">What is wrong, by field; empty if nothing is.</param>
    public static WorklistItem Check(NewOrder order, Func<string, string?> stationAet, out Dictionary<string, string[]> errors)
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

        var modality = Field("modality", order.Modality, CodeString, required: true);
        var item = new WorklistItem
        {
            AccessionNumber = Field("accession_number", order.AccessionNumber, Text(16), required: true) ?? "",
            PatientId = Field("patient_id", order.PatientId, Text(64), required: true),
            PatientName = Field("patient_name", order.PatientName, Name, required: true),
            PatientBirthDate = Field("patient_birth_date", order.PatientBirthDate, Date),
            PatientSex = Field("patient_sex", order.PatientSex, OneOf("M", "F", "O")),
            ScheduledDate = Field("scheduled_date", order.ScheduledDate, Date, required: true),
            ScheduledTime = Field("scheduled_time", order.ScheduledTime, Time, required: true),
            Modality = modality,
            StudyDescription = Field("study_description", order.StudyDescription, Text(64)),
            ProcedureCode = Field("procedure_code", order.ProcedureCode, Text(16)),
            ProcedureCodingScheme = Field("procedure_coding_scheme", order.ProcedureCodingScheme, Text(16)),
            ProcedureCodeMeaning = Field("procedure_code_meaning", order.ProcedureCodeMeaning, Text(64)),
            StudyInstanceUid = Field("study_instance_uid", order.StudyInstanceUid, Uid),
            SourceMessageId = Field("source_message_id", order.SourceMessageId, Text(64)),
            RequestedProcedureId = Field("requested_procedure_id", order.RequestedProcedureId, Text(16)),
            ScheduledStepId = Field("scheduled_step_id", order.ScheduledStepId, Text(16)),
            ScheduledStationAet = Field("scheduled_station_aet", order.ScheduledStationAet, AeTitle)
                ?? (modality is null ? null : stationAet(modality)),
            ScheduledStationName = Field("scheduled_station_name", order.ScheduledStationName, Text(16)),
            ScheduledLocation = Field("scheduled_location", order.ScheduledLocation, Text(16)),
            ScheduledPhysician = Field("scheduled_physician", order.ScheduledPhysician, Name),
            StepDescription = Field("step_description", order.StepDescription, Text(64)),
            PatientNameIdeographic = Field("patient_name_ideographic", order.PatientNameIdeographic, Name),
            PatientNamePhonetic = Field("patient_name_phonetic", order.PatientNamePhonetic, Name),
            PatientNameRomanized = Field("patient_name_romanized", order.PatientNameRomanized, Name),
            ReferringPhysician = Field("referring_physician", order.ReferringPhysician, Name),
            RequestingPhysician = Field("requesting_physician", order.RequestingPhysician, Name),
            Priority = Field("priority", order.Priority, OneOf("STAT", "HIGH", "ROUTINE", "MEDIUM", "LOW")),
            PatientWeight = Field("patient_weight", order.PatientWeight, Number),
            PatientSize = Field("patient_size", order.PatientSize, Number),
            MedicalAlerts = Field("medical_alerts", order.MedicalAlerts, Text(64)),
            Allergies = Field("allergies", order.Allergies, Text(64)),
            PregnancyStatus = Field("pregnancy_status", order.PregnancyStatus, OneOf("1", "2", "3", "4")),
            PatientComments = Field("patient_comments", order.PatientComments, Text(10240)),
            AdmissionId = Field("admission_id", order.AdmissionId, Text(64)),
            InstitutionName = Field("institution_name", order.InstitutionName, Text(64)),
            OtherPatientIds = Field("other_patient_ids", order.OtherPatientIds, Text(64)),
        };
        errors = found.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        return item;
    }

    /// <summary>What is wrong with a value, as the end of a sentence; null where nothing is.</summary>
    private delegate string? Rule(string value);

    private static Rule Text(int length) => value =>
        value.Any(c => char.IsControl(c) || c == '\\') ? "must hold no backslash and no control character"
        : Characters(value) > length ? string.Create(CultureInfo.InvariantCulture, $"may have {length} characters at most")
        : null;

    private static string? Name(string value) =>
        value.Any(c => char.IsControl(c) || c is '\\' or '=') ? "must hold no backslash, equals sign or control character"
        : value.Count(c => c == '^') > 4 ? "has at most five parts: FAMILY^GIVEN^MIDDLE^PREFIX^SUFFIX"
        : Characters(value) > 64 ? "may have 64 characters at most"
        : null;

    private static string? CodeString(string value) =>
        value.Length <= 16 && value.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '_')
            ? null : "is 1 to 16 of A-Z, 0-9, blank and underscore, such as MG";

    private static string? AeTitle(string value) =>
        value.Length <= 16 && value.All(c => c is >= ' ' and <= '~' and not '\\') ? null : "is an AE title, 1 to 16 ASCII characters";

    private static string? Date(string value) =>
        value.Length == 8 && DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null : "is a day of the calendar as YYYYMMDD";

    private static string? Time(string value) =>
        value.Length is 4 or 6 && TimeOnly.TryParseExact(
            value, value.Length == 4 ? "HHmm" : "HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null : "is a time as HHMMSS, 000000 to 235959";

    private static string? Uid(string value) => DicomUid.IsValid(value) ? null : "is a UID: numbers parted by dots, 64 characters at most";

    private static string? Number(string value) =>
        value.Length <= 16 && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1000
            ? null : "is a number above 0, with a point for decimals";

    private static Rule OneOf(params string[] words) => value => words.Contains(value) ? null : $"is one of {string.Join(", ", words)}";

    /// <summary>DICOM counts characters, not UTF-16 units.</summary>
    private static int Characters(string value) => value.EnumerateRunes().Count();
}
