using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Bench.Servers;

/// <summary>The items as the files that DCMTK's and Orthanc's worklist servers read: one data set each.</summary>
internal static class WorklistFiles
{
    public static async Task WriteAsync(string folder, int items, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "lockfile"), "", cancellationToken);
        foreach (var item in WorklistItems.Make(items))
        {
            await new DicomFile(Dataset(item), TransferSyntax.ExplicitVrLittleEndian)
                .SaveAsync(Path.Combine(folder, $"{item.AccessionNumber}.wl"), cancellationToken);
        }
    }

    private static DicomDataset Dataset(WorklistItem item) => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 100")
        .Set(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.31")
        .Set(DicomTags.SOPInstanceUID, item.StudyInstanceUid! + ".1")
        .Set(DicomTags.AccessionNumber, item.AccessionNumber)
        .Set(DicomTags.ReferringPhysicianName)
        .Set(DicomTags.PatientName, item.PatientName!)
        .Set(DicomTags.PatientID, item.PatientId!)
        .Set(DicomTags.PatientBirthDate, item.PatientBirthDate!)
        .Set(DicomTags.PatientSex, item.PatientSex!)
        .Set(DicomTags.StudyInstanceUID, item.StudyInstanceUid!)
        .Set(DicomTags.RequestedProcedureDescription, item.StudyDescription!)
        .Set(DicomTags.RequestedProcedureID, item.AccessionNumber)
        .SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset()
            .Set(DicomTags.Modality, item.Modality!)
            .Set(DicomTags.ScheduledStationAETitle, item.ScheduledStationAet!)
            .Set(DicomTags.ScheduledProcedureStepStartDate, item.ScheduledDate!)
            .Set(DicomTags.ScheduledProcedureStepStartTime, item.ScheduledTime!)
            .Set(DicomTags.ScheduledPerformingPhysicianName)
            .Set(DicomTags.ScheduledProcedureStepDescription, item.StudyDescription!)
            .Set(DicomTags.ScheduledProcedureStepID, item.AccessionNumber));
}
