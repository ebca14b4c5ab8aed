using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 4: empty keys match everything, and the unknown matches nothing but them (PS3.4 C.2.2.2.3).</summary>
public sealed class Mwl04_UniversalMatchingTests
{
    private static readonly WorklistItem Unknown = new() { AccessionNumber = "ACC9" };

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("**")]
    [InlineData("* ")]
    [InlineData("  ")]
    public async Task An_empty_key_and_a_lone_star_find_every_order_even_those_whose_value_is_unknown(string key)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"), Unknown);
        Assert.Equal(["ACC9", "ACC1"], await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientName, key), (DicomTags.PatientID, key))));
        Assert.Equal(["ACC9", "ACC1"], await scp.AccessionsAsync(Orders.AskStep(
            (DicomTags.Modality, key), (DicomTags.ScheduledStationAETitle, key), (DicomTags.ScheduledPerformingPhysicianName, key),
            (DicomTags.ScheduledProcedureStepStartDate, key), (DicomTags.ScheduledProcedureStepStartTime, key))));
    }

    [Theory]
    [InlineData("PatientName", "?*")]
    [InlineData("PatientID", "P*")]
    [InlineData("PatientSex", "?")]
    [InlineData("PatientBirthDate", "19000101-")]
    [InlineData("Modality", "?*")]
    [InlineData("ScheduledStationAETitle", "?*")]
    [InlineData("ScheduledPerformingPhysicianName", "?*")]
    [InlineData("ScheduledProcedureStepStartDate", "-20991231")]
    [InlineData("ScheduledProcedureStepStartTime", "-2359")]
    public async Task An_unknown_value_matches_no_key_that_says_anything(string keyword, string key)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Unknown);
        var tag = DicomDictionary.FindKeyword(keyword)!.Value;
        var isOfStep = keyword.StartsWith("Scheduled", StringComparison.Ordinal) || keyword == "Modality";
        Assert.Empty(await scp.AccessionsAsync(isOfStep ? Orders.AskStep((tag, key)) : Orders.Ask((tag, key))));
    }
}
