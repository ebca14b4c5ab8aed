using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mpps;

/// <summary>
/// Applies an N-SET to a step (PS3.4 F.7.2.2). Sequences replace the whole sequence. What a peer may not set is refused in
/// the strict profile; in the lenient one it is ignored and the peer is told by status 0x0107.
/// </summary>
internal sealed class StepUpdate(DicomDataset change, Peer peer)
{
    private readonly List<DicomTag> _ignored = [];

    /// <summary>The attributes that were not set.</summary>
    public IReadOnlyList<DicomTag> Ignored => _ignored;

    /// <summary>What becomes of the step.</summary>
    /// <exception cref="DimseException">The request is refused.</exception>
    public StepChange Apply(PerformedStep step)
    {
        var asked = StepStatuses.Ask(change.Contains(DicomTags.PerformedProcedureStepStatus)
            ? change.GetString(DicomTags.PerformedProcedureStepStatus) ?? "" : null);
        var verdict = StepRules.Apply(StepVerb.Set, step.Status, asked);
        if (verdict.Next is not { } next) return new StepChange.Refuse(verdict.Refusal!.Value);
        var dataset = StepObjects.Read(step.Dataset);
        Merge(dataset);
        if (change.Contains(DicomTags.PerformedProcedureStepStatus))
        {
            dataset.Set(DicomTags.PerformedProcedureStepStatus, next.ToText()); // as the standard spells it
        }

        return new StepChange.Update
        {
            Status = next,
            Dataset = StepObjects.Of(dataset, step.Dataset),
            EndTime = StepObjects.Moment(
                dataset, DicomTags.PerformedProcedureStepEndDate, DicomTags.PerformedProcedureStepEndTime),
            Warnings = next == StepStatus.InProgress ? [] : CheckFinal(dataset),
        };
    }

    private void Merge(DicomDataset dataset)
    {
        _ignored.Clear(); // PostgreSQL asks again after a deadlock
        var settable = new List<DicomTag>();
        foreach (var element in change)
        {
            if (element.Tag == DicomTags.SpecificCharacterSet || element.Tag.IsGroupLength) continue;
            if (IsSettable(element.Tag, dataset)) settable.Add(element.Tag);
            else if (!IsUnchanged(element.Tag, dataset)) _ignored.Add(element.Tag);
        }

        if (_ignored.Count > 0 && peer.MppsProfile == MppsProfile.Strict) throw Refusal();
        if (change.CharacterSet != dataset.CharacterSet) dataset.Transcode(SpecificCharacterSet.Utf8);
        foreach (var tag in settable) dataset.CopyFrom(change, tag);
    }

    private bool IsSettable(DicomTag tag, DicomDataset dataset) =>
        !StepAttributes.FixedAtCreation.Contains(tag)
        && (dataset.Contains(tag) || (peer.MppsProfile == MppsProfile.Lenient && StepAttributes.Results.Contains(tag)));

    // Many modalities send the patient again with the same values; that changes nothing and needs no warning
    private bool IsUnchanged(DicomTag tag, DicomDataset dataset) =>
        dataset.Find(tag) is { } held && change.Find(tag) is { } sent && held.Vr == sent.Vr
        && held.Value.Span.SequenceEqual(sent.Value.Span) && held.Items.Count == 0 && sent.Items.Count == 0;

    private DimseException Refusal() => new(new DimseResponse(DimseStatus.NoSuchAttribute)
    {
        ErrorComment = $"N-SET may not set {StepObjects.Names(_ignored)}",
        AttributeList = _ignored,
        OffendingElements = _ignored,
    });

    // A finished step has its end and at least one series, each with protocol and UID (Table F.7.2-1, final state)
    private List<string> CheckFinal(DicomDataset dataset)
    {
        var missing = new List<DicomTag>();
        if (dataset.GetDate(DicomTags.PerformedProcedureStepEndDate) is null) missing.Add(DicomTags.PerformedProcedureStepEndDate);
        if (dataset.GetTime(DicomTags.PerformedProcedureStepEndTime) is null) missing.Add(DicomTags.PerformedProcedureStepEndTime);
        var series = dataset.GetItems(DicomTags.PerformedSeriesSequence);
        if (series.Count == 0) missing.Add(DicomTags.PerformedSeriesSequence);
        missing.AddRange(StepAttributes.RequiredInSeries.Where(tag => series.Any(item => item.GetString(tag) is null)));
        if (missing.Count == 0) return [];
        if (peer.MppsProfile == MppsProfile.Lenient) return [$"The step ended without {StepObjects.Names(missing)}"];
        throw new DimseException(new DimseResponse(DimseStatus.MissingAttribute)
        {
            ErrorComment = $"A finished step needs {StepObjects.Names(missing)}",
            AttributeList = missing,
            OffendingElements = missing,
        });
    }
}
