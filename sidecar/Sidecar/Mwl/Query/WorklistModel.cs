using System.Collections.Frozen;
using Gantry.Dicom;
using Gantry.Worklist;
using static Gantry.Sidecar.Mwl.AttributeContent;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// The Modality Worklist information model as Gantry holds it (PS3.4 Table K.6-1): one table for each place in which an
/// attribute can stand. An attribute that is listed is supported, even where no value is held for it.
/// </summary>
internal static class WorklistModel
{
    /// <summary>Attributes of the data set itself.</summary>
    public static FrozenDictionary<DicomTag, WorklistAttribute> Root { get; } = Table(
        Column(DicomTags.AccessionNumber, DicomVr.SH, WorklistColumn.AccessionNumber),
        Column(DicomTags.InstitutionName, DicomVr.LO, WorklistColumn.InstitutionName),
        Column(DicomTags.ReferringPhysicianName, DicomVr.PN, WorklistColumn.ReferringPhysician),
        new(DicomTags.TimezoneOffsetFromUTC, DicomVr.SH, TimezoneOffset),
        Empty(DicomTags.ReferencedStudySequence, DicomVr.SQ),
        Empty(DicomTags.ReferencedPatientSequence, DicomVr.SQ),
        new(DicomTags.PatientName, DicomVr.PN, AttributeContent.PatientName, WorklistColumn.PatientName),
        Column(DicomTags.PatientID, DicomVr.LO, WorklistColumn.PatientId),
        Empty(DicomTags.IssuerOfPatientID, DicomVr.LO),
        Column(DicomTags.PatientBirthDate, DicomVr.DA, WorklistColumn.PatientBirthDate),
        Column(DicomTags.PatientSex, DicomVr.CS, WorklistColumn.PatientSex),
        Column(DicomTags.OtherPatientIDs, DicomVr.LO, WorklistColumn.OtherPatientIds),
        Empty(DicomTags.PatientAge, DicomVr.AS),
        Column(DicomTags.PatientSize, DicomVr.DS, WorklistColumn.PatientSize),
        Column(DicomTags.PatientWeight, DicomVr.DS, WorklistColumn.PatientWeight),
        Column(DicomTags.MedicalAlerts, DicomVr.LO, WorklistColumn.MedicalAlerts),
        Column(DicomTags.Allergies, DicomVr.LO, WorklistColumn.Allergies),
        Empty(DicomTags.EthnicGroup, DicomVr.SH),
        Empty(DicomTags.AdditionalPatientHistory, DicomVr.LT),
        new(DicomTags.PregnancyStatus, DicomVr.US, Number, WorklistColumn.PregnancyStatus),
        Column(DicomTags.PatientComments, DicomVr.LT, WorklistColumn.PatientComments),
        Column(DicomTags.StudyInstanceUID, DicomVr.UI, WorklistColumn.StudyInstanceUid),
        Column(DicomTags.RequestingPhysician, DicomVr.PN, WorklistColumn.RequestingPhysician),
        Empty(DicomTags.RequestingService, DicomVr.LO),
        // Type 1C, as is the step's: without a code sequence it must say something, and the modality is always true
        Column(DicomTags.RequestedProcedureDescription, DicomVr.LO, WorklistColumn.StudyDescription,
            WorklistColumn.ProcedureCodeMeaning, WorklistColumn.ProcedureCode, WorklistColumn.Modality),
        new(DicomTags.RequestedProcedureCodeSequence, DicomVr.SQ, CodeSequence),
        Column(DicomTags.AdmissionID, DicomVr.LO, WorklistColumn.AdmissionId),
        Empty(DicomTags.SpecialNeeds, DicomVr.LO),
        Empty(DicomTags.CurrentPatientLocation, DicomVr.LO),
        Empty(DicomTags.PatientState, DicomVr.LO),
        new(DicomTags.ScheduledProcedureStepSequence, DicomVr.SQ, StepSequence),
        Column(DicomTags.RequestedProcedureID, DicomVr.SH, WorklistColumn.RequestedProcedureId, WorklistColumn.AccessionNumber),
        Empty(DicomTags.ReasonForTheRequestedProcedure, DicomVr.LO),
        Column(DicomTags.RequestedProcedurePriority, DicomVr.SH, WorklistColumn.Priority),
        Empty(DicomTags.PatientTransportArrangements, DicomVr.LO),
        Empty(DicomTags.RequestedProcedureLocation, DicomVr.LO),
        Empty(DicomTags.ConfidentialityCode, DicomVr.LO),
        Empty(DicomTags.ReportingPriority, DicomVr.SH),
        Empty(DicomTags.NamesOfIntendedRecipientsOfResults, DicomVr.PN),
        Empty(DicomTags.RequestedProcedureComments, DicomVr.LT),
        Empty(DicomTags.ImagingServiceRequestComments, DicomVr.LT),
        Empty(DicomTags.PlacerOrderNumberImagingServiceRequest, DicomVr.LO),
        Empty(DicomTags.FillerOrderNumberImagingServiceRequest, DicomVr.LO),
        Empty(DicomTags.ConfidentialityConstraintOnPatientDataDescription, DicomVr.LO));

    /// <summary>Attributes in an item of the Scheduled Procedure Step Sequence.</summary>
    public static FrozenDictionary<DicomTag, WorklistAttribute> Step { get; } = Table(
        Column(DicomTags.Modality, DicomVr.CS, WorklistColumn.Modality),
        Empty(DicomTags.RequestedContrastAgent, DicomVr.LO),
        new(DicomTags.ScheduledStationAETitle, DicomVr.AE, StationAeTitle, WorklistColumn.ScheduledStationAet),
        Column(DicomTags.ScheduledProcedureStepStartDate, DicomVr.DA, WorklistColumn.ScheduledDate),
        Column(DicomTags.ScheduledProcedureStepStartTime, DicomVr.TM, WorklistColumn.ScheduledTime),
        Empty(DicomTags.ScheduledProcedureStepEndDate, DicomVr.DA),
        Empty(DicomTags.ScheduledProcedureStepEndTime, DicomVr.TM),
        Column(DicomTags.ScheduledPerformingPhysicianName, DicomVr.PN, WorklistColumn.ScheduledPhysician),
        Column(DicomTags.ScheduledProcedureStepDescription, DicomVr.LO, WorklistColumn.StepDescription, WorklistColumn.StudyDescription,
            WorklistColumn.ProcedureCodeMeaning, WorklistColumn.ProcedureCode, WorklistColumn.Modality),
        new(DicomTags.ScheduledProtocolCodeSequence, DicomVr.SQ, CodeSequence),
        Column(DicomTags.ScheduledProcedureStepID, DicomVr.SH, WorklistColumn.ScheduledStepId, WorklistColumn.AccessionNumber),
        Column(DicomTags.ScheduledStationName, DicomVr.SH, WorklistColumn.ScheduledStationName),
        Column(DicomTags.ScheduledProcedureStepLocation, DicomVr.SH, WorklistColumn.ScheduledLocation),
        Empty(DicomTags.PreMedication, DicomVr.LO),
        new(DicomTags.ScheduledProcedureStepStatus, DicomVr.CS, AttributeContent.StepStatus, WorklistColumn.Status),
        Empty(DicomTags.CommentsOnTheScheduledProcedureStep, DicomVr.LT));

    /// <summary>Attributes in an item of a code sequence (PS3.3 Table 8.8-1).</summary>
    public static FrozenDictionary<DicomTag, WorklistAttribute> Code { get; } = Table(
        Column(DicomTags.CodeValue, DicomVr.SH, WorklistColumn.ProcedureCode),
        Column(DicomTags.CodingSchemeDesignator, DicomVr.SH, WorklistColumn.ProcedureCodingScheme),
        Empty(DicomTags.CodingSchemeVersion, DicomVr.SH),
        Column(DicomTags.CodeMeaning, DicomVr.LO,
            WorklistColumn.ProcedureCodeMeaning, WorklistColumn.StudyDescription, WorklistColumn.ProcedureCode));

    private static FrozenDictionary<DicomTag, WorklistAttribute> Table(params WorklistAttribute[] attributes) =>
        attributes.ToFrozenDictionary(attribute => attribute.Tag);

    private static WorklistAttribute Column(
        DicomTag tag, DicomVr vr, WorklistColumn column, params WorklistColumn[] fallbacks) => new(tag, vr, Text, column, fallbacks);

    private static WorklistAttribute Empty(DicomTag tag, DicomVr vr) => new(tag, vr, Nothing);
}
