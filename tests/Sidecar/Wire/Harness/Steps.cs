using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>Performed procedure steps as a good modality sends them (PS3.4 Table F.7.2-1), to be spoiled by tests.</summary>
internal static class Steps
{
    /// <summary>An N-CREATE with every type 1 and type 2 attribute, for these scheduled steps.</summary>
    public static DicomDataset Started(params DicomDataset[] scheduled) => new DicomDataset()
        .Set(DicomTags.Modality, "MG")
        .SetItems(DicomTags.ReferencedPatientSequence)
        .Set(DicomTags.PatientName, "SMITH^JANE")
        .Set(DicomTags.PatientID, "P-ACC1")
        .Set(DicomTags.PatientBirthDate, "19650315")
        .Set(DicomTags.PatientSex, "F")
        .Set(DicomTags.StudyID, "1")
        .Set(DicomTags.PerformedStationAETitle, "MODALITY")
        .Set(DicomTags.PerformedStationName)
        .Set(DicomTags.PerformedLocation)
        .Set(DicomTags.PerformedProcedureStepStartDate, "20260105")
        .Set(DicomTags.PerformedProcedureStepStartTime, "101500")
        .Set(DicomTags.PerformedProcedureStepEndDate)
        .Set(DicomTags.PerformedProcedureStepEndTime)
        .Set(DicomTags.PerformedProcedureStepStatus, "IN PROGRESS")
        .Set(DicomTags.PerformedProcedureStepID, "PPS1")
        .Set(DicomTags.PerformedProcedureStepDescription)
        .Set(DicomTags.PerformedProcedureTypeDescription)
        .SetItems(DicomTags.ProcedureCodeSequence)
        .SetItems(DicomTags.PerformedProtocolCodeSequence)
        .SetItems(DicomTags.PerformedSeriesSequence)
        .SetItems(DicomTags.ScheduledStepAttributesSequence, scheduled.Length > 0 ? scheduled : [Of("1.2.3.1", "ACC1", "SPS1")]);

    /// <summary>An item of the Scheduled Step Attributes Sequence; empty strings are zero-length values.</summary>
    public static DicomDataset Of(string study, string accession = "", string stepId = "") => Orders.Ask(
            (DicomTags.AccessionNumber, accession), (DicomTags.StudyInstanceUID, study), (DicomTags.RequestedProcedureDescription, ""),
            (DicomTags.ScheduledProcedureStepDescription, ""), (DicomTags.ScheduledProcedureStepID, stepId), (DicomTags.RequestedProcedureID, ""))
        .SetItems(DicomTags.ReferencedStudySequence)
        .SetItems(DicomTags.ScheduledProtocolCodeSequence);

    /// <summary>A final N-SET with all that it needs.</summary>
    public static DicomDataset Ended(string status = "COMPLETED") => new DicomDataset()
        .Set(DicomTags.PerformedProcedureStepEndDate, "20260105")
        .Set(DicomTags.PerformedProcedureStepEndTime, "103000")
        .Set(DicomTags.PerformedProcedureStepStatus, status)
        .SetItems(DicomTags.PerformedSeriesSequence, Series("1.2.3.1.1"));

    public static DicomDataset Status(string status) => new DicomDataset().Set(DicomTags.PerformedProcedureStepStatus, status);

    public static DicomDataset Series(string uid) => new DicomDataset()
        .Set(DicomTags.PerformingPhysicianName)
        .Set(DicomTags.OperatorsName)
        .Set(DicomTags.ProtocolName, "MLO")
        .Set(DicomTags.SeriesInstanceUID, uid)
        .Set(DicomTags.SeriesDescription)
        .Set(DicomTags.RetrieveAETitle)
        .SetItems(DicomTags.ReferencedImageSequence)
        .SetItems(DicomTags.ReferencedNonImageCompositeSOPInstanceSequence);

    public static DicomDataset Without(this DicomDataset dataset, DicomTag tag)
    {
        dataset.Remove(tag);
        return dataset;
    }

    /// <summary>The order that <see cref="Started"/> performs.</summary>
    public static WorklistItem Order { get; } = Orders.Order("ACC1") with { StudyInstanceUid = "1.2.3.1", ScheduledStepId = "SPS1" };

    public static Task<DimseResponse> CreateStepAsync(this DicomClient client, string? uid, DicomDataset step) =>
        client.CreateAsync(RawScu.Mpps, uid, step);

    public static Task<DimseResponse> SetStepAsync(this DicomClient client, string uid, DicomDataset change) =>
        client.SetAsync(RawScu.Mpps, uid, change);

    public static Task<DimseResponse> GetStepAsync(this DicomClient client, string uid, params DicomTag[] attributes) =>
        client.GetAsync(RawScu.Mpps, uid, attributes);

    public static async Task<OrderStatus> StatusOfAsync(this Scp scp, string accession) =>
        (await scp.Store.GetAsync(accession, default))!.Status;
}
