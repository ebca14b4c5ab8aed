using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>The ways in which a final N-SET lacks something, and what it lacks (PS3.4 Table F.7.2-1, final state).</summary>
internal static class Unfinished
{
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "no end date", "PerformedProcedureStepEndDate" },
        { "no end time", "PerformedProcedureStepEndTime" },
        { "no series", "PerformedSeriesSequence" },
        { "empty series", "PerformedSeriesSequence" },
        { "no protocol", "ProtocolName" },
        { "no series uid", "SeriesInstanceUID" },
        { "second series without uid", "SeriesInstanceUID" },
    };

    public static DicomDataset Make(string what, string status = "COMPLETED") => what switch
    {
        "no end date" => Steps.Ended(status).Without(DicomTags.PerformedProcedureStepEndDate),
        "no end time" => Steps.Ended(status).Set(DicomTags.PerformedProcedureStepEndTime),
        "no series" => Steps.Ended(status).Without(DicomTags.PerformedSeriesSequence),
        "empty series" => Steps.Ended(status).SetItems(DicomTags.PerformedSeriesSequence),
        "no protocol" => With(Steps.Series("1.2").Set(DicomTags.ProtocolName)),
        "no series uid" => With(Steps.Series("1.2").Without(DicomTags.SeriesInstanceUID)),
        _ => With(Steps.Series("1.2"), Steps.Series("1.3").Set(DicomTags.SeriesInstanceUID)),
    };

    private static DicomDataset With(params DicomDataset[] series) => Steps.Ended().SetItems(DicomTags.PerformedSeriesSequence, series);
}

/// <summary>Point 4: what the end of a step wants, in the lenient profile.</summary>
public sealed class Mpps04_FinalStateTests : MppsTest
{
    public static TheoryData<string, string> Cases => Unfinished.Cases;

    [Fact]
    public async Task A_whole_end_needs_no_warning_and_images_may_be_none()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        var step = await Scp.Store.GetStepAsync(Uid, default);
        Assert.Equal(StepStatus.Completed, step!.Status);
        Assert.Equal("20260105103000", step.EndTime);
        Assert.Empty(step.Warnings);
    }

    [Fact]
    public async Task What_earlier_updates_brought_counts()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended().Without(DicomTags.PerformedProcedureStepStatus)));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Status("COMPLETED")));
        Assert.Empty((await Scp.Store.GetStepAsync(Uid, default))!.Warnings);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_gap_is_let_pass_and_recorded(string what, string lacking)
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Unfinished.Make(what)));
        var step = await Scp.Store.GetStepAsync(Uid, default);
        Assert.Equal(StepStatus.Completed, step!.Status);
        Assert.Equal($"The step ended without {lacking}", Assert.Single(step.Warnings));
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task A_discontinued_step_keeps_its_reason()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended("DISCONTINUED").SetItems(
            DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence, new DicomDataset()
                .Set(DicomTags.CodeValue, "110501").Set(DicomTags.CodingSchemeDesignator, "DCM").Set(DicomTags.CodeMeaning, "Equipment failure"))));
        Assert.Equal(OrderStatus.Discontinued, await Scp.StatusOfAsync("ACC1"));
        var reason = Assert.Single((await Client.GetStepAsync(Uid)).Dataset!
            .GetItems(DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence));
        Assert.Equal("110501", reason.GetString(DicomTags.CodeValue));
    }

    [Fact]
    public async Task An_exam_given_up_and_begun_again_leads_the_order_back_to_work()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended("DISCONTINUED")));
        AssertSuccess(await Client.CreateStepAsync("1.2.3.101", Steps.Started()));
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        AssertSuccess(await Client.SetStepAsync("1.2.3.101", Steps.Ended()));
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
    }
}

/// <summary>Point 4 again, in the strict profile.</summary>
public sealed class Mpps04_StrictFinalStateTests : MppsTest
{
    internal override PeerOptions? Peer => StrictPeer;

    public static TheoryData<string, string> Cases => Unfinished.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_gap_is_0x0120_and_the_step_goes_on(string what, string lacking)
    {
        await StartStepAsync();
        AssertRefused(0x0120, await Client.SetStepAsync(Uid, Unfinished.Make(what)), Mpps02_CreateAttributeTests.Tag(lacking));
        Assert.Equal(StepStatus.InProgress, (await Scp.Store.GetStepAsync(Uid, default))!.Status);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
    }
}
