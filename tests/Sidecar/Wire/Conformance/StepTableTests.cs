using Gantry.Dicom;
using Gantry.Sidecar.Mpps;

namespace Gantry.Sidecar.Tests.Wire.Conformance;

/// <summary>The attributes of performed procedure steps that the conformance statement lists are those of the code.</summary>
public sealed class StepTableTests
{
    [Fact]
    public void Attributes_of_N_CREATE_and_N_SET()
    {
        var all = StepAttributes.RequiredAtCreation.Concat(StepAttributes.ExpectedAtCreation)
            .Concat(StepAttributes.FixedAtCreation).Concat(StepAttributes.Results).Distinct().Order();
        Assert.Equal([.. all.Select(Row)], Statement.Rows("Performed procedure step attributes"));
    }

    [Fact]
    public void Attributes_of_scheduled_steps_and_series() => Assert.Equal(
    [
        Inner(DicomTags.StudyInstanceUID, "Scheduled Step Attributes Sequence", "1"),
        .. StepAttributes.ExpectedInScheduledStep.Order().Select(tag => Inner(tag, "Scheduled Step Attributes Sequence", "2")),
        .. StepAttributes.RequiredInSeries.Order().Select(tag => Inner(tag, "Performed Series Sequence", "1 at the end of the step")),
    ], Statement.Rows("Attributes in sequences"));

    private static string Row(DicomTag tag) => string.Join(" | ", tag, Name(tag),
        StepAttributes.RequiredAtCreation.Contains(tag) ? "1" : StepAttributes.ExpectedAtCreation.Contains(tag) ? "2" : "3",
        StepAttributes.FixedAtCreation.Contains(tag) ? "not allowed" : StepAttributes.Results.Contains(tag) ? "3" : "-");

    private static string Inner(DicomTag tag, string sequence, string type) => string.Join(" | ", sequence, tag, Name(tag), type);

    private static string Name(DicomTag tag) => DicomDictionary.Find(tag)!.Name;
}
