using System.Collections.Frozen;
using Gantry.Dicom;

namespace Gantry.Sidecar.Mpps;

/// <summary>
/// The attributes of a performed procedure step and who may send them when: PS3.4 Table F.7.2-1, as far as an SCP acts on it.
/// </summary>
internal static class StepAttributes
{
    /// <summary>Type 1 in N-CREATE, outside of sequences.</summary>
    public static IReadOnlyList<DicomTag> RequiredAtCreation { get; } =
    [
        DicomTags.Modality,
        DicomTags.PerformedStationAETitle,
        DicomTags.PerformedProcedureStepStartDate,
        DicomTags.PerformedProcedureStepStartTime,
        DicomTags.PerformedProcedureStepStatus,
        DicomTags.PerformedProcedureStepID,
        DicomTags.ScheduledStepAttributesSequence,
    ];

    /// <summary>Type 2 in N-CREATE: there, if need be without a value.</summary>
    public static IReadOnlyList<DicomTag> ExpectedAtCreation { get; } =
    [
        DicomTags.ReferencedPatientSequence,
        DicomTags.PatientName,
        DicomTags.PatientID,
        DicomTags.PatientBirthDate,
        DicomTags.PatientSex,
        DicomTags.StudyID,
        DicomTags.PerformedStationName,
        DicomTags.PerformedLocation,
        DicomTags.PerformedProcedureStepEndDate,
        DicomTags.PerformedProcedureStepEndTime,
        DicomTags.PerformedProcedureStepDescription,
        DicomTags.PerformedProcedureTypeDescription,
        DicomTags.ProcedureCodeSequence,
        DicomTags.PerformedProtocolCodeSequence,
        DicomTags.PerformedSeriesSequence,
    ];

    /// <summary>Type 2 in an item of Scheduled Step Attributes Sequence; its Study Instance UID is type 1.</summary>
    public static IReadOnlyList<DicomTag> ExpectedInScheduledStep { get; } =
    [
        DicomTags.AccessionNumber,
        DicomTags.ReferencedStudySequence,
        DicomTags.RequestedProcedureDescription,
        DicomTags.ScheduledProcedureStepDescription,
        DicomTags.ScheduledProtocolCodeSequence,
        DicomTags.ScheduledProcedureStepID,
        DicomTags.RequestedProcedureID,
    ];

    /// <summary>Type 1 in an item of Performed Series Sequence.</summary>
    public static IReadOnlyList<DicomTag> RequiredInSeries { get; } = [DicomTags.ProtocolName, DicomTags.SeriesInstanceUID];

    /// <summary>Set once, by N-CREATE.</summary>
    public static FrozenSet<DicomTag> FixedAtCreation { get; } = new[]
    {
        DicomTags.Modality,
        DicomTags.ReferencedPatientSequence,
        DicomTags.PatientName,
        DicomTags.PatientID,
        DicomTags.IssuerOfPatientID,
        DicomTags.PatientBirthDate,
        DicomTags.PatientSex,
        DicomTags.StudyID,
        DicomTags.AdmissionID,
        DicomTags.ScheduledStepAttributesSequence,
        DicomTags.PerformedStationAETitle,
        DicomTags.PerformedStationName,
        DicomTags.PerformedLocation,
        DicomTags.PerformedProcedureStepStartDate,
        DicomTags.PerformedProcedureStepStartTime,
        DicomTags.PerformedProcedureStepID,
    }.ToFrozenSet();

    /// <summary>
    /// What an N-SET may bring, beside what the step has: the results, the radiation dose and the billing modules. Dropping
    /// a dose because it was not announced would serve nobody, so a lenient peer may send these uncreated.
    /// </summary>
    public static FrozenSet<DicomTag> Results { get; } = new[]
    {
        DicomTags.PerformedProcedureStepStatus,
        DicomTags.PerformedProcedureStepEndDate,
        DicomTags.PerformedProcedureStepEndTime,
        DicomTags.PerformedProcedureStepDescription,
        DicomTags.PerformedProcedureTypeDescription,
        DicomTags.ProcedureCodeSequence,
        DicomTags.PerformedProtocolCodeSequence,
        DicomTags.PerformedSeriesSequence,
        DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence,
        DicomTags.CommentsOnThePerformedProcedureStep,
        DicomTags.ReferencedPerformedProcedureStepSequence,
        DicomTags.AnatomicStructureSpaceOrRegionSequence,
        DicomTags.TotalTimeOfFluoroscopy,
        DicomTags.TotalNumberOfExposures,
        DicomTags.DistanceSourceToDetector,
        DicomTags.DistanceSourceToEntrance,
        DicomTags.EntranceDose,
        DicomTags.EntranceDoseInmGy,
        DicomTags.ExposedArea,
        DicomTags.ImageAndFluoroscopyAreaDoseProduct,
        DicomTags.CommentsOnRadiationDose,
        DicomTags.ExposureDoseSequence,
        DicomTags.FilmConsumptionSequence,
        DicomTags.BillingProcedureStepSequence,
        DicomTags.BillingSuppliesAndDevicesSequence,
    }.ToFrozenSet();
}
