using Gantry.Dicom;

namespace Gantry.Sidecar.Phantoms;

/// <summary>
/// The order that images are made for: what a modality copies from its worklist into every image. Empty texts are unknown values.
/// </summary>
internal sealed record PhantomOrder
{
    /// <summary>Patient's name as DICOM writes it, <c>FAMILY^GIVEN</c>.</summary>
    public required string PatientName { get; init; }

    /// <summary>Patient ID (LO, at most 64 characters).</summary>
    public required string PatientId { get; init; }

    /// <summary>Date of birth, yyyyMMdd.</summary>
    public string PatientBirthDate { get; init; } = "";

    /// <summary>M, F or O.</summary>
    public string PatientSex { get; init; } = "";

    /// <summary>Accession number (SH, at most 16 characters).</summary>
    public string AccessionNumber { get; init; } = "";

    /// <summary>The study's UID, from the worklist; a new one if the order has none.</summary>
    public string StudyInstanceUid { get; init; } = DicomUid.New();

    /// <summary>Requested Procedure ID (SH).</summary>
    public string RequestedProcedureId { get; init; } = "";

    /// <summary>Scheduled Procedure Step ID (SH).</summary>
    public string ScheduledStepId { get; init; } = "";

    /// <summary>What was ordered; becomes Study Description.</summary>
    public string StudyDescription { get; init; } = "";

    /// <summary>What was scheduled; <see cref="StudyDescription"/> if empty.</summary>
    public string StepDescription { get; init; } = "";

    /// <summary>The physician who sent the patient, <c>FAMILY^GIVEN</c>.</summary>
    public string ReferringPhysician { get; init; } = "";

    /// <summary>The MPPS object these images belong to, or null where none was created.</summary>
    public string? MppsInstanceUid { get; init; }

    /// <summary>Performed Procedure Step ID (SH) as the MPPS object has it; null where there is none.</summary>
    public string? PerformedStepId { get; init; }

    /// <summary>When the step was started, site local time; null takes the time of the first image.</summary>
    public DateTime? StepStarted { get; init; }

    /// <summary>Specific Character Set of the images, by its defined term.</summary>
    public string CharacterSet { get; init; } = "ISO_IR 192";
}
