namespace Gantry.Worklist;

/// <summary>A column of <c>worklist_items</c>; its name there is the same in snake_case.</summary>
public enum WorklistColumn
{
    /// <summary>Key of the order, VR SH (16 characters).</summary>
    AccessionNumber,

    /// <summary>Patient's number, VR LO (64 characters).</summary>
    PatientId,

    /// <summary>FAMILY^GIVEN, VR PN, alphabetic group.</summary>
    PatientName,

    /// <summary>YyyyMMdd, VR DA.</summary>
    PatientBirthDate,

    /// <summary>M, F or O, VR CS.</summary>
    PatientSex,

    /// <summary>YyyyMMdd in the site's local time, VR DA.</summary>
    ScheduledDate,

    /// <summary>HHmmss in the site's local time, VR TM.</summary>
    ScheduledTime,

    /// <summary>For example MG, VR CS (16 characters).</summary>
    Modality,

    /// <summary>What is to be done, VR LO.</summary>
    StudyDescription,

    /// <summary>Code value of the procedure, VR SH.</summary>
    ProcedureCode,

    /// <summary>SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED.</summary>
    Status,

    /// <summary>VR UI (64 characters); made once by the store when missing.</summary>
    StudyInstanceUid,

    /// <summary>SOP Instance UID of the performed step started last, VR UI.</summary>
    MppsInstanceUid,

    /// <summary>UTC, ISO 8601 with milliseconds.</summary>
    CreatedAt,

    /// <summary>UTC, ISO 8601 with milliseconds; stamped on every change.</summary>
    UpdatedAt,

    /// <summary>Action_id of the cloud message that made the order.</summary>
    SourceMessageId,

    /// <summary>VR SH; the accession number when missing.</summary>
    RequestedProcedureId,

    /// <summary>VR SH; the accession number when missing.</summary>
    ScheduledStepId,

    /// <summary>AE title of the modality, VR AE (16 characters).</summary>
    ScheduledStationAet,

    /// <summary>VR SH.</summary>
    ScheduledStationName,

    /// <summary>VR SH.</summary>
    ScheduledLocation,

    /// <summary>Scheduled performing physician's name, VR PN.</summary>
    ScheduledPhysician,

    /// <summary>Scheduled procedure step description, VR LO.</summary>
    StepDescription,

    /// <summary>Coding scheme designator of ProcedureCode, VR SH.</summary>
    ProcedureCodingScheme,

    /// <summary>Code meaning of ProcedureCode, VR LO.</summary>
    ProcedureCodeMeaning,

    /// <summary>Second component group of the name.</summary>
    PatientNameIdeographic,

    /// <summary>Third component group of the name.</summary>
    PatientNamePhonetic,

    /// <summary>Latin spelling for peers that cannot take the name as it is.</summary>
    PatientNameRomanized,

    /// <summary>VR PN.</summary>
    ReferringPhysician,

    /// <summary>VR PN.</summary>
    RequestingPhysician,

    /// <summary>Requested procedure priority: STAT, HIGH, ROUTINE, MEDIUM or LOW, VR CS.</summary>
    Priority,

    /// <summary>Kilograms, VR DS.</summary>
    PatientWeight,

    /// <summary>Metres, VR DS.</summary>
    PatientSize,

    /// <summary>VR LO.</summary>
    MedicalAlerts,

    /// <summary>VR LO.</summary>
    Allergies,

    /// <summary>1 to 4, VR US.</summary>
    PregnancyStatus,

    /// <summary>VR LT.</summary>
    PatientComments,

    /// <summary>VR LO.</summary>
    AdmissionId,

    /// <summary>VR LO.</summary>
    InstitutionName,

    /// <summary>VR LO.</summary>
    OtherPatientIds,
}
