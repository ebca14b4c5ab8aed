using Gantry.Dicom;
using Gantry.Sidecar.Phantoms;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// An item of the worklist as a modality reads it from a C-FIND response; JSON names are those of the store's columns.
/// </summary>
internal sealed record ScheduledExam
{
    public string? AccessionNumber { get; init; }
    public string? PatientId { get; init; }
    public string? PatientName { get; init; }
    public string? PatientBirthDate { get; init; }
    public string? PatientSex { get; init; }
    public string? ScheduledDate { get; init; }
    public string? ScheduledTime { get; init; }
    public string? Modality { get; init; }
    public string? ScheduledStationAet { get; init; }
    public string? StudyDescription { get; init; }
    public string? StepDescription { get; init; }
    public string? RequestedProcedureId { get; init; }
    public string? ScheduledStepId { get; init; }
    public string? StudyInstanceUid { get; init; }
    public string? ReferringPhysician { get; init; }

    /// <summary>Reads a response's identifier.</summary>
    public static ScheduledExam Read(DicomDataset answer)
    {
        var step = answer.GetItems(DicomTags.ScheduledProcedureStepSequence) is [var first, ..] ? first : [];
        return new()
        {
            AccessionNumber = answer.GetString(DicomTags.AccessionNumber),
            PatientId = answer.GetString(DicomTags.PatientID),
            PatientName = answer.GetString(DicomTags.PatientName),
            PatientBirthDate = answer.GetString(DicomTags.PatientBirthDate),
            PatientSex = answer.GetString(DicomTags.PatientSex),
            ScheduledDate = step.GetString(DicomTags.ScheduledProcedureStepStartDate),
            ScheduledTime = step.GetString(DicomTags.ScheduledProcedureStepStartTime),
            Modality = step.GetString(DicomTags.Modality),
            ScheduledStationAet = step.GetString(DicomTags.ScheduledStationAETitle),
            StudyDescription = answer.GetString(DicomTags.RequestedProcedureDescription),
            StepDescription = step.GetString(DicomTags.ScheduledProcedureStepDescription),
            RequestedProcedureId = answer.GetString(DicomTags.RequestedProcedureID),
            ScheduledStepId = step.GetString(DicomTags.ScheduledProcedureStepID),
            StudyInstanceUid = answer.GetString(DicomTags.StudyInstanceUID),
            ReferringPhysician = answer.GetString(DicomTags.ReferringPhysicianName),
        };
    }

    /// <summary>The order that images are made for.</summary>
    public PhantomOrder ToOrder() => new()
    {
        PatientName = PatientName ?? "",
        PatientId = PatientId ?? "",
        PatientBirthDate = PatientBirthDate ?? "",
        PatientSex = PatientSex ?? "",
        AccessionNumber = AccessionNumber ?? "",
        StudyInstanceUid = StudyInstanceUid ?? DicomUid.New(),
        RequestedProcedureId = RequestedProcedureId ?? "",
        ScheduledStepId = ScheduledStepId ?? "",
        StudyDescription = StudyDescription ?? "",
        StepDescription = StepDescription ?? "",
        ReferringPhysician = ReferringPhysician ?? "",
    };
}
