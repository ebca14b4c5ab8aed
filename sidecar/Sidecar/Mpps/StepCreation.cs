using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mpps;

/// <summary>Makes a step out of an N-CREATE (PS3.4 F.7.2.1), or says why it cannot.</summary>
internal static class StepCreation
{
    private const int MaximumScheduledSteps = 100; // the group case of the field is two to five

    /// <exception cref="DimseException">The request is refused.</exception>
    public static NewPerformedStep Read(DimseRequest request, PeerDataset sent, string sopInstanceUid, Peer peer)
    {
        var dataset = sent.Dataset;
        var warnings = new List<string>();
        CheckSize(dataset);
        CheckRequired(dataset);
        CheckStatus(dataset);
        CheckExpected(dataset, peer.MppsProfile, warnings);
        CheckStart(dataset, peer.MppsProfile, warnings);
        return new NewPerformedStep
        {
            SopInstanceUid = sopInstanceUid,
            Dataset = StepObjects.Of(request, sent),
            References = [.. dataset.GetItems(DicomTags.ScheduledStepAttributesSequence).Select(Reference)],
            Modality = dataset.GetString(DicomTags.Modality)?.ToUpperInvariant(),
            PatientId = dataset.GetString(DicomTags.PatientID),
            PatientName = dataset.GetString(DicomTags.PatientName),
            StartTime = StepObjects.Moment(
                dataset, DicomTags.PerformedProcedureStepStartDate, DicomTags.PerformedProcedureStepStartTime),
            CallingAeTitle = request.Association.CallingAeTitle,
            Warnings = warnings,
        };
    }

    private static ScheduledReference Reference(DicomDataset item) => new()
    {
        StudyInstanceUid = item.GetString(DicomTags.StudyInstanceUID),
        AccessionNumber = item.GetString(DicomTags.AccessionNumber),
        RequestedProcedureId = item.GetString(DicomTags.RequestedProcedureID),
        ScheduledStepId = item.GetString(DicomTags.ScheduledProcedureStepID),
    };

    // Each item is looked up and written in one transaction, for which all other steps wait
    private static void CheckSize(DicomDataset dataset)
    {
        if (dataset.GetItems(DicomTags.ScheduledStepAttributesSequence).Count <= MaximumScheduledSteps) return;
        throw new DimseException(new DimseResponse(DimseStatus.InvalidAttributeValue)
        {
            ErrorComment = $"A step performs {MaximumScheduledSteps} scheduled steps at most",
            AttributeList = [DicomTags.ScheduledStepAttributesSequence],
            OffendingElements = [DicomTags.ScheduledStepAttributesSequence],
        });
    }

    private static void CheckRequired(DicomDataset dataset)
    {
        Refuse(DimseStatus.MissingAttribute, "Missing", StepAttributes.RequiredAtCreation.Where(tag => !dataset.Contains(tag)));
        Refuse(DimseStatus.MissingAttributeValue, "Without a value",
            StepAttributes.RequiredAtCreation.Where(tag => IsEmpty(dataset, tag)));
        foreach (var item in dataset.GetItems(DicomTags.ScheduledStepAttributesSequence))
        {
            if (!item.Contains(DicomTags.StudyInstanceUID))
                Refuse(DimseStatus.MissingAttribute, "Missing", [DicomTags.StudyInstanceUID]);
            if (IsEmpty(item, DicomTags.StudyInstanceUID))
                Refuse(DimseStatus.MissingAttributeValue, "Without a value", [DicomTags.StudyInstanceUID]);
        }
    }

    private static bool IsEmpty(DicomDataset dataset, DicomTag tag) => tag == DicomTags.ScheduledStepAttributesSequence
        ? dataset.GetItems(tag).Count == 0 : dataset.GetString(tag) is null;

    private static void CheckStatus(DicomDataset dataset)
    {
        var asked = StepStatuses.Ask(dataset.GetString(DicomTags.PerformedProcedureStepStatus));
        if (StepRules.Apply(StepVerb.Create, null, asked).Refusal is null) return;
        throw new DimseException(new DimseResponse(DimseStatus.InvalidAttributeValue)
        {
            ErrorComment = "A step is created with status IN PROGRESS",
            AttributeList = [DicomTags.PerformedProcedureStepStatus],
            OffendingElements = [DicomTags.PerformedProcedureStepStatus],
        });
    }

    private static void CheckExpected(DicomDataset dataset, MppsProfile profile, List<string> warnings)
    {
        var missing = StepAttributes.ExpectedAtCreation.Where(tag => !dataset.Contains(tag))
            .Concat(dataset.GetItems(DicomTags.ScheduledStepAttributesSequence)
                .SelectMany(item => StepAttributes.ExpectedInScheduledStep.Where(tag => !item.Contains(tag))))
            .Distinct().ToArray();
        if (missing.Length == 0) return;
        if (profile == MppsProfile.Strict) Refuse(DimseStatus.MissingAttribute, "Missing", missing);
        warnings.Add($"N-CREATE came without {StepObjects.Names(missing)}");
    }

    private static void CheckStart(DicomDataset dataset, MppsProfile profile, List<string> warnings)
    {
        var unreadable = new List<DicomTag>();
        if (dataset.GetDate(DicomTags.PerformedProcedureStepStartDate) is null) unreadable.Add(DicomTags.PerformedProcedureStepStartDate);
        if (dataset.GetTime(DicomTags.PerformedProcedureStepStartTime) is null) unreadable.Add(DicomTags.PerformedProcedureStepStartTime);
        if (unreadable.Count == 0) return;
        if (profile == MppsProfile.Strict) Refuse(DimseStatus.InvalidAttributeValue, "Not a date or time", unreadable);
        warnings.Add($"{StepObjects.Names(unreadable)} cannot be read");
    }

    private static void Refuse(ushort status, string what, IEnumerable<DicomTag> attributes)
    {
        DicomTag[] tags = [.. attributes];
        if (tags.Length == 0) return;
        throw new DimseException(new DimseResponse(status)
        {
            ErrorComment = $"{what}: {StepObjects.Names(tags)}",
            AttributeList = tags,
            OffendingElements = tags,
        });
    }
}
