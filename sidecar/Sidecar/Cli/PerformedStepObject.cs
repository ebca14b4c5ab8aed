using System.Globalization;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// A performed procedure step as the emulated modality tells of it: N-CREATE at its start, N-SET at its end (PS3.4 F.7.2).
/// </summary>
/// <param name="exam">What was scheduled.</param>
/// <param name="station">Our AE title.</param>
/// <param name="started">When it was started, local time.</param>
/// <param name="instanceUid">Its SOP Instance UID.</param>
internal sealed class PerformedStepObject(ScheduledExam exam, string station, DateTimeOffset started, string instanceUid)
{
    /// <summary>What the report calls the start.</summary>
    public const string CreateStep = "N-CREATE IN PROGRESS";

    /// <summary>Its SOP Instance UID, made by us as modalities do.</summary>
    public string InstanceUid => instanceUid;

    /// <summary>Performed Procedure Step ID (SH).</summary>
    public string StepId { get; } = "P" + started.ToString("yyMMddHHmmssfff", CultureInfo.InvariantCulture);

    /// <summary>The study that the images go to; the worklist's.</summary>
    public string StudyInstanceUid { get; } = exam.StudyInstanceUid ?? DicomUid.New();

    /// <summary>Tells that the exam has begun.</summary>
    public Task<DimseResponse> CreateAsync(StepReport report, DicomClient client, CancellationToken cancellationToken) =>
        report.RunAsync(
            CreateStep,
            async () => (await client.CreateAsync(PeerCall.PerformedStep, InstanceUid, AtStart(), cancellationToken)).Done(),
            FailureWords.Warning, cancellationToken);

    /// <summary>Tells how it ended.</summary>
    /// <param name="report">Where the step goes.</param>
    /// <param name="client">An association with the MPPS SCP.</param>
    /// <param name="series">The images that were made.</param>
    /// <param name="reason">Why it was given up (code value and meaning of DCM, CID 9300); null where it was completed.</param>
    /// <param name="ended">When it ended, local time.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    public Task<DimseResponse> FinishAsync(
        StepReport report, DicomClient client, SeriesTally series, (string Code, string Meaning)? reason, DateTimeOffset ended,
        CancellationToken cancellationToken) =>
        report.RunAsync(
            $"N-SET {(reason is null ? "COMPLETED" : "DISCONTINUED")}",
            async () => (await client.SetAsync(
                PeerCall.PerformedStep, InstanceUid, AtEnd(series, reason, ended), cancellationToken)).Done(),
            FailureWords.Warning, cancellationToken);

    private DicomDataset AtStart() => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192")
        .Set(DicomTags.Modality, exam.Modality ?? "OT")
        .SetItems(DicomTags.ReferencedPatientSequence)
        .Set(DicomTags.PatientName, exam.PatientName ?? "")
        .Set(DicomTags.PatientID, exam.PatientId ?? "")
        .Set(DicomTags.PatientBirthDate, exam.PatientBirthDate ?? "")
        .Set(DicomTags.PatientSex, exam.PatientSex ?? "")
        .Set(DicomTags.StudyID, exam.RequestedProcedureId ?? "")
        .Set(DicomTags.PerformedStationAETitle, station)
        .Set(DicomTags.PerformedStationName, station)
        .Set(DicomTags.PerformedLocation)
        .Set(DicomTags.PerformedProcedureStepStartDate, Date(started))
        .Set(DicomTags.PerformedProcedureStepStartTime, Time(started))
        .Set(DicomTags.PerformedProcedureStepEndDate)
        .Set(DicomTags.PerformedProcedureStepEndTime)
        .Set(DicomTags.PerformedProcedureStepStatus, "IN PROGRESS")
        .Set(DicomTags.PerformedProcedureStepID, StepId)
        .Set(DicomTags.PerformedProcedureStepDescription, exam.StepDescription ?? exam.StudyDescription ?? "")
        .Set(DicomTags.PerformedProcedureTypeDescription)
        .SetItems(DicomTags.ProcedureCodeSequence)
        .SetItems(DicomTags.PerformedProtocolCodeSequence)
        .SetItems(DicomTags.PerformedSeriesSequence)
        .SetItems(DicomTags.ScheduledStepAttributesSequence, new DicomDataset()
            .Set(DicomTags.AccessionNumber, exam.AccessionNumber ?? "")
            .SetItems(DicomTags.ReferencedStudySequence)
            .Set(DicomTags.StudyInstanceUID, StudyInstanceUid)
            .Set(DicomTags.RequestedProcedureDescription, exam.StudyDescription ?? "")
            .Set(DicomTags.ScheduledProcedureStepDescription, exam.StepDescription ?? "")
            .SetItems(DicomTags.ScheduledProtocolCodeSequence)
            .Set(DicomTags.ScheduledProcedureStepID, exam.ScheduledStepId ?? "")
            .Set(DicomTags.RequestedProcedureID, exam.RequestedProcedureId ?? ""));

    private static DicomDataset AtEnd(SeriesTally series, (string Code, string Meaning)? reason, DateTimeOffset ended)
    {
        var dataset = new DicomDataset()
            .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .Set(DicomTags.PerformedProcedureStepStatus, reason is null ? "COMPLETED" : "DISCONTINUED")
            .Set(DicomTags.PerformedProcedureStepEndDate, Date(ended))
            .Set(DicomTags.PerformedProcedureStepEndTime, Time(ended))
            .SetItems(DicomTags.PerformedSeriesSequence, series.ToItems());
        if (reason is { } why)
        {
            dataset.SetItems(DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence, new DicomDataset()
                .Set(DicomTags.CodeValue, why.Code)
                .Set(DicomTags.CodingSchemeDesignator, "DCM")
                .Set(DicomTags.CodeMeaning, why.Meaning));
        }
        return dataset;
    }

    private static string Date(DateTimeOffset moment) => moment.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset moment) => moment.ToString("HHmmss", CultureInfo.InvariantCulture);
}
