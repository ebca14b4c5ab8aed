namespace Gantry.Worklist;

/// <summary>
/// An order as the store keeps it, one property for each column. Text is exactly as stored, null where nothing is known.
/// </summary>
public sealed record WorklistItem
{
    /// <summary>Key of the order, VR SH (16 characters).</summary>
    public required string AccessionNumber { get; init; }

    /// <summary>Patient's number, VR LO (64 characters).</summary>
    public string? PatientId { get; init; }

    /// <summary>FAMILY^GIVEN, VR PN, alphabetic group.</summary>
    public string? PatientName { get; init; }

    /// <summary>YyyyMMdd, VR DA.</summary>
    public string? PatientBirthDate { get; init; }

    /// <summary>M, F or O, VR CS.</summary>
    public string? PatientSex { get; init; }

    /// <summary>YyyyMMdd in the site's local time, VR DA.</summary>
    public string? ScheduledDate { get; init; }

    /// <summary>HHmmss in the site's local time, VR TM.</summary>
    public string? ScheduledTime { get; init; }

    /// <summary>For example MG, VR CS (16 characters).</summary>
    public string? Modality { get; init; }

    /// <summary>What is to be done, VR LO.</summary>
    public string? StudyDescription { get; init; }

    /// <summary>Code value of the procedure, VR SH.</summary>
    public string? ProcedureCode { get; init; }

    /// <summary>SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>VR UI (64 characters); made once by the store when missing.</summary>
    public string? StudyInstanceUid { get; init; }

    /// <summary>SOP Instance UID of the performed step started last, VR UI.</summary>
    public string? MppsInstanceUid { get; init; }

    /// <summary>UTC, ISO 8601 with milliseconds.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>UTC, ISO 8601 with milliseconds; stamped on every change.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>Action_id of the cloud message that made the order.</summary>
    public string? SourceMessageId { get; init; }

    /// <summary>VR SH; the accession number when missing.</summary>
    public string? RequestedProcedureId { get; init; }

    /// <summary>VR SH; the accession number when missing.</summary>
    public string? ScheduledStepId { get; init; }

    /// <summary>AE title of the modality, VR AE (16 characters).</summary>
    public string? ScheduledStationAet { get; init; }

    /// <summary>VR SH.</summary>
    public string? ScheduledStationName { get; init; }

    /// <summary>VR SH.</summary>
    public string? ScheduledLocation { get; init; }

    /// <summary>Scheduled performing physician's name, VR PN.</summary>
    public string? ScheduledPhysician { get; init; }

    /// <summary>Scheduled procedure step description, VR LO.</summary>
    public string? StepDescription { get; init; }

    /// <summary>Coding scheme designator of ProcedureCode, VR SH.</summary>
    public string? ProcedureCodingScheme { get; init; }

    /// <summary>Code meaning of ProcedureCode, VR LO.</summary>
    public string? ProcedureCodeMeaning { get; init; }

    /// <summary>Second component group of the name.</summary>
    public string? PatientNameIdeographic { get; init; }

    /// <summary>Third component group of the name.</summary>
    public string? PatientNamePhonetic { get; init; }

    /// <summary>Latin spelling for peers that cannot take the name as it is.</summary>
    public string? PatientNameRomanized { get; init; }

    /// <summary>VR PN.</summary>
    public string? ReferringPhysician { get; init; }

    /// <summary>VR PN.</summary>
    public string? RequestingPhysician { get; init; }

    /// <summary>Requested procedure priority: STAT, HIGH, ROUTINE, MEDIUM or LOW, VR CS.</summary>
    public string? Priority { get; init; }

    /// <summary>Kilograms, VR DS.</summary>
    public string? PatientWeight { get; init; }

    /// <summary>Metres, VR DS.</summary>
    public string? PatientSize { get; init; }

    /// <summary>VR LO.</summary>
    public string? MedicalAlerts { get; init; }

    /// <summary>VR LO.</summary>
    public string? Allergies { get; init; }

    /// <summary>1 to 4, VR US.</summary>
    public string? PregnancyStatus { get; init; }

    /// <summary>VR LT.</summary>
    public string? PatientComments { get; init; }

    /// <summary>VR LO.</summary>
    public string? AdmissionId { get; init; }

    /// <summary>VR LO.</summary>
    public string? InstitutionName { get; init; }

    /// <summary>VR LO.</summary>
    public string? OtherPatientIds { get; init; }
}
