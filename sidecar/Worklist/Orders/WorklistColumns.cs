namespace Gantry.Worklist;

/// <summary>The columns of <c>worklist_items</c>: their names, and how an item is taken apart and put together.</summary>
public static class WorklistColumns
{
    private static readonly string[] Names =
    [
        "accession_number",
        "patient_id",
        "patient_name",
        "patient_birth_date",
        "patient_sex",
        "scheduled_date",
        "scheduled_time",
        "modality",
        "study_description",
        "procedure_code",
        "status",
        "study_instance_uid",
        "mpps_instance_uid",
        "created_at",
        "updated_at",
        "source_message_id",
        "requested_procedure_id",
        "scheduled_step_id",
        "scheduled_station_aet",
        "scheduled_station_name",
        "scheduled_location",
        "scheduled_physician",
        "step_description",
        "procedure_coding_scheme",
        "procedure_code_meaning",
        "patient_name_ideographic",
        "patient_name_phonetic",
        "patient_name_romanized",
        "referring_physician",
        "requesting_physician",
        "priority",
        "patient_weight",
        "patient_size",
        "medical_alerts",
        "allergies",
        "pregnancy_status",
        "patient_comments",
        "admission_id",
        "institution_name",
        "other_patient_ids",
    ];

    /// <summary>How many columns there are; <see cref="WorklistColumn"/> counts from zero to one less.</summary>
    public static int Count => Names.Length;

    /// <summary>Every column in order.</summary>
    public static IReadOnlyList<WorklistColumn> All { get; } = Enum.GetValues<WorklistColumn>();

    /// <summary>The column's name in SQL, for example <c>accession_number</c>.</summary>
    public static string SqlName(this WorklistColumn column) => Names[(int)column];

    internal static string? Value(WorklistItem item, WorklistColumn column) => column switch
    {
        WorklistColumn.AccessionNumber => item.AccessionNumber,
        WorklistColumn.PatientId => item.PatientId,
        WorklistColumn.PatientName => item.PatientName,
        WorklistColumn.PatientBirthDate => item.PatientBirthDate,
        WorklistColumn.PatientSex => item.PatientSex,
        WorklistColumn.ScheduledDate => item.ScheduledDate,
        WorklistColumn.ScheduledTime => item.ScheduledTime,
        WorklistColumn.Modality => item.Modality,
        WorklistColumn.StudyDescription => item.StudyDescription,
        WorklistColumn.ProcedureCode => item.ProcedureCode,
        WorklistColumn.Status => item.Status.ToText(),
        WorklistColumn.StudyInstanceUid => item.StudyInstanceUid,
        WorklistColumn.MppsInstanceUid => item.MppsInstanceUid,
        WorklistColumn.CreatedAt => item.CreatedAt,
        WorklistColumn.UpdatedAt => item.UpdatedAt,
        WorklistColumn.SourceMessageId => item.SourceMessageId,
        WorklistColumn.RequestedProcedureId => item.RequestedProcedureId,
        WorklistColumn.ScheduledStepId => item.ScheduledStepId,
        WorklistColumn.ScheduledStationAet => item.ScheduledStationAet,
        WorklistColumn.ScheduledStationName => item.ScheduledStationName,
        WorklistColumn.ScheduledLocation => item.ScheduledLocation,
        WorklistColumn.ScheduledPhysician => item.ScheduledPhysician,
        WorklistColumn.StepDescription => item.StepDescription,
        WorklistColumn.ProcedureCodingScheme => item.ProcedureCodingScheme,
        WorklistColumn.ProcedureCodeMeaning => item.ProcedureCodeMeaning,
        WorklistColumn.PatientNameIdeographic => item.PatientNameIdeographic,
        WorklistColumn.PatientNamePhonetic => item.PatientNamePhonetic,
        WorklistColumn.PatientNameRomanized => item.PatientNameRomanized,
        WorklistColumn.ReferringPhysician => item.ReferringPhysician,
        WorklistColumn.RequestingPhysician => item.RequestingPhysician,
        WorklistColumn.Priority => item.Priority,
        WorklistColumn.PatientWeight => item.PatientWeight,
        WorklistColumn.PatientSize => item.PatientSize,
        WorklistColumn.MedicalAlerts => item.MedicalAlerts,
        WorklistColumn.Allergies => item.Allergies,
        WorklistColumn.PregnancyStatus => item.PregnancyStatus,
        WorklistColumn.PatientComments => item.PatientComments,
        WorklistColumn.AdmissionId => item.AdmissionId,
        WorklistColumn.InstitutionName => item.InstitutionName,
        WorklistColumn.OtherPatientIds => item.OtherPatientIds,
    };

    /// <summary>
    /// Puts an item together; a value that is not valid text comes with U+FFFD in place of what cannot be read.
    /// </summary>
    internal static WorklistItem Item(Func<WorklistColumn, string?> value) => new()
    {
        AccessionNumber = value(WorklistColumn.AccessionNumber) ?? "",
        PatientId = value(WorklistColumn.PatientId),
        PatientName = value(WorklistColumn.PatientName),
        PatientBirthDate = value(WorklistColumn.PatientBirthDate),
        PatientSex = value(WorklistColumn.PatientSex),
        ScheduledDate = value(WorklistColumn.ScheduledDate),
        ScheduledTime = value(WorklistColumn.ScheduledTime),
        Modality = value(WorklistColumn.Modality),
        StudyDescription = value(WorklistColumn.StudyDescription),
        ProcedureCode = value(WorklistColumn.ProcedureCode),
        Status = OrderStatuses.TryParse(value(WorklistColumn.Status), out OrderStatus status) ? status : OrderStatus.Discontinued,
        StudyInstanceUid = value(WorklistColumn.StudyInstanceUid),
        MppsInstanceUid = value(WorklistColumn.MppsInstanceUid),
        CreatedAt = value(WorklistColumn.CreatedAt),
        UpdatedAt = value(WorklistColumn.UpdatedAt),
        SourceMessageId = value(WorklistColumn.SourceMessageId),
        RequestedProcedureId = value(WorklistColumn.RequestedProcedureId),
        ScheduledStepId = value(WorklistColumn.ScheduledStepId),
        ScheduledStationAet = value(WorklistColumn.ScheduledStationAet),
        ScheduledStationName = value(WorklistColumn.ScheduledStationName),
        ScheduledLocation = value(WorklistColumn.ScheduledLocation),
        ScheduledPhysician = value(WorklistColumn.ScheduledPhysician),
        StepDescription = value(WorklistColumn.StepDescription),
        ProcedureCodingScheme = value(WorklistColumn.ProcedureCodingScheme),
        ProcedureCodeMeaning = value(WorklistColumn.ProcedureCodeMeaning),
        PatientNameIdeographic = value(WorklistColumn.PatientNameIdeographic),
        PatientNamePhonetic = value(WorklistColumn.PatientNamePhonetic),
        PatientNameRomanized = value(WorklistColumn.PatientNameRomanized),
        ReferringPhysician = value(WorklistColumn.ReferringPhysician),
        RequestingPhysician = value(WorklistColumn.RequestingPhysician),
        Priority = value(WorklistColumn.Priority),
        PatientWeight = value(WorklistColumn.PatientWeight),
        PatientSize = value(WorklistColumn.PatientSize),
        MedicalAlerts = value(WorklistColumn.MedicalAlerts),
        Allergies = value(WorklistColumn.Allergies),
        PregnancyStatus = value(WorklistColumn.PregnancyStatus),
        PatientComments = value(WorklistColumn.PatientComments),
        AdmissionId = value(WorklistColumn.AdmissionId),
        InstitutionName = value(WorklistColumn.InstitutionName),
        OtherPatientIds = value(WorklistColumn.OtherPatientIds),
    };
}
