using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>Orders and identifiers in few words.</summary>
internal static class Orders
{
    public static WorklistItem Order(
        string accession, string date = "20260105", string time = "100000", string modality = "MG", string name = "SMITH^JANE") => new()
        {
            AccessionNumber = accession,
            PatientId = "P-" + accession,
            PatientName = name,
            PatientBirthDate = "19650315",
            PatientSex = "F",
            ScheduledDate = date,
            ScheduledTime = time,
            Modality = modality,
            StudyDescription = "Screening Mammography",
            ProcedureCode = "MAMMO_SCREENING",
        };

    /// <summary>An identifier with these keys at the top.</summary>
    public static DicomDataset Ask(params ReadOnlySpan<(DicomTag Tag, string Value)> keys)
    {
        var identifier = new DicomDataset();
        foreach (var (tag, value) in keys) Put(identifier, tag, value);
        return identifier;
    }

    /// <summary>An identifier with these keys in the Scheduled Procedure Step Sequence.</summary>
    public static DicomDataset AskStep(params ReadOnlySpan<(DicomTag Tag, string Value)> keys) =>
        new DicomDataset().SetItems(DicomTags.ScheduledProcedureStepSequence, Ask(keys));

    public static DicomDataset StepOf(this DicomDataset answer) =>
        Assert.Single(answer.GetItems(DicomTags.ScheduledProcedureStepSequence));

    private static void Put(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length == 0) dataset.Set(tag);
        else dataset.Set(tag, value);
    }
}
