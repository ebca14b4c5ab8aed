using System.CommandLine;
using Gantry.Sidecar.Web;

namespace Gantry.Sidecar.Cli;

/// <summary>The options of <c>worklist add</c>: one for each field of an order.</summary>
internal static class OrderFlags
{
    /// <summary>Every flag with the field it fills.</summary>
    public static IReadOnlyList<OrderFlag> All { get; } =
    [
        new("accession_number", Flag("--accession", "Accession number, needed, at most 16 characters"),
            (o, v) => o with { AccessionNumber = v }),
        new("patient_id", Flag("--patient-id", "Patient ID, needed"),
            (o, v) => o with { PatientId = v }),
        new("patient_name", Flag("--patient-name", "FAMILY^GIVEN, needed", "--name"),
            (o, v) => o with { PatientName = v }),
        new("patient_birth_date", Flag("--birth-date", "YYYYMMDD"),
            (o, v) => o with { PatientBirthDate = v }),
        new("patient_sex", Flag("--sex", "M, F or O"),
            (o, v) => o with { PatientSex = v }),
        new("scheduled_date", Flag("--date", "YYYYMMDD or 'today' [default: today]", "-d"),
            (o, v) => o with { ScheduledDate = v }),
        new("scheduled_time", Flag("--time", "HHMMSS, HHMM or 'now' [default: now]"),
            (o, v) => o with { ScheduledTime = v }),
        new("modality", Flag("--modality", "Modality, needed, such as MG", "-m"),
            (o, v) => o with { Modality = v?.ToUpperInvariant() }),
        new("study_description", Flag("--description", "What is to be done"),
            (o, v) => o with { StudyDescription = v }),
        new("procedure_code", Flag("--procedure-code", "Code of the procedure"),
            (o, v) => o with { ProcedureCode = v }),
        new("procedure_coding_scheme", Flag("--coding-scheme", "Coding scheme of that code"),
            (o, v) => o with { ProcedureCodingScheme = v }),
        new("procedure_code_meaning", Flag("--code-meaning", "Meaning of that code"),
            (o, v) => o with { ProcedureCodeMeaning = v }),
        new("study_instance_uid", Flag("--study-uid", "Study Instance UID [default: a new one]"),
            (o, v) => o with { StudyInstanceUid = v }),
        new("requested_procedure_id", Flag("--procedure-id", "Requested Procedure ID"),
            (o, v) => o with { RequestedProcedureId = v }),
        new("scheduled_step_id", Flag("--step-id", "Scheduled Procedure Step ID"),
            (o, v) => o with { ScheduledStepId = v }),
        new("step_description", Flag("--step-description", "Description of the step"),
            (o, v) => o with { StepDescription = v }),
        new("scheduled_station_aet", Flag("--station-aet", "AE title of the modality"),
            (o, v) => o with { ScheduledStationAet = v }),
        new("scheduled_station_name", Flag("--station-name", "Name of the modality"),
            (o, v) => o with { ScheduledStationName = v }),
        new("scheduled_location", Flag("--location", "Room"),
            (o, v) => o with { ScheduledLocation = v }),
        new("scheduled_physician", Flag("--performing-physician", "FAMILY^GIVEN"),
            (o, v) => o with { ScheduledPhysician = v }),
        new("referring_physician", Flag("--referring-physician", "FAMILY^GIVEN"),
            (o, v) => o with { ReferringPhysician = v }),
        new("requesting_physician", Flag("--requesting-physician", "FAMILY^GIVEN"),
            (o, v) => o with { RequestingPhysician = v }),
        new("patient_name_ideographic", Flag("--name-ideographic", "The name in ideographs"),
            (o, v) => o with { PatientNameIdeographic = v }),
        new("patient_name_phonetic", Flag("--name-phonetic", "The name in a phonetic script"),
            (o, v) => o with { PatientNamePhonetic = v }),
        new("patient_name_romanized", Flag("--name-romanized", "The name in Latin letters"),
            (o, v) => o with { PatientNameRomanized = v }),
        new("priority", Flag("--priority", "STAT, HIGH, ROUTINE, MEDIUM or LOW"),
            (o, v) => o with { Priority = v }),
        new("patient_weight", Flag("--weight", "Kilograms"),
            (o, v) => o with { PatientWeight = v }),
        new("patient_size", Flag("--height", "Metres"),
            (o, v) => o with { PatientSize = v }),
        new("medical_alerts", Flag("--alerts", "Medical alerts"),
            (o, v) => o with { MedicalAlerts = v }),
        new("allergies", Flag("--allergies", "Allergies"),
            (o, v) => o with { Allergies = v }),
        new("pregnancy_status", Flag("--pregnancy", "1 not, 2 possibly, 3 definitely, 4 unknown"),
            (o, v) => o with { PregnancyStatus = v }),
        new("patient_comments", Flag("--comments", "Comments on the patient"),
            (o, v) => o with { PatientComments = v }),
        new("admission_id", Flag("--admission-id", "Admission ID"),
            (o, v) => o with { AdmissionId = v }),
        new("institution_name", Flag("--institution", "Institution"),
            (o, v) => o with { InstitutionName = v }),
        new("other_patient_ids", Flag("--other-ids", "Other patient ID"),
            (o, v) => o with { OtherPatientIds = v }),
    ];

    /// <summary>The order that was typed.</summary>
    public static NewOrder Read(ParseResult arguments) =>
        All.Aggregate(new NewOrder(), (order, flag) => flag.Fill(order, arguments.GetValue(flag.Option)));

    /// <summary>The flag that fills a field.</summary>
    public static string FlagOf(string field) => All.FirstOrDefault(flag => flag.Field == field)?.Option.Name ?? field;

    private static Option<string?> Flag(string name, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = "TEXT", Description = description };
}

/// <summary>One flag: the field's name as the store has it, the option, and how it fills the order.</summary>
internal sealed record OrderFlag(string Field, Option<string?> Option, Func<NewOrder, string?, NewOrder> Fill);
