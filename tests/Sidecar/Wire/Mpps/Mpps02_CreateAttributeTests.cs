using Gantry.Dicom;
using Gantry.Sidecar.Mpps;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 2: what an N-CREATE must hold, in the lenient profile.</summary>
public sealed class Mpps02_CreateAttributeTests : MppsTest
{
    private static readonly string[] Keywords =
    [
        "PerformedProcedureStepID", "PerformedStationAETitle", "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime",
        "PerformedProcedureStepStatus", "Modality", "ScheduledStepAttributesSequence",
    ];

    public static TheoryData<string> Required { get; } = [.. Keywords];

    [Fact]
    public void The_required_attributes_are_those_of_the_standard() => Assert.Equal(
        Keywords.Select(Tag).Order(), StepAttributes.RequiredAtCreation.Order());

    [Theory]
    [MemberData(nameof(Required))]
    public async Task A_missing_type_1_attribute_is_0x0120_and_an_empty_one_0x0121(string keyword)
    {
        var tag = Tag(keyword);
        AssertRefused(0x0120, await Client.CreateStepAsync(Uid, Steps.Started().Without(tag)), tag);
        AssertRefused(0x0121, await Client.CreateStepAsync(Uid, Steps.Started().Set(tag)), tag);
        Assert.Null(await Scp.Store.GetStepAsync(Uid, default));
        Assert.Equal(OrderStatus.Scheduled, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task Each_scheduled_step_needs_its_Study_Instance_UID()
    {
        var second = Steps.Of("1.2.3.2", "ACC2");
        AssertRefused(0x0120, await Client.CreateStepAsync(
            Uid, Steps.Started(Steps.Of("1.2.3.1", "ACC1"), second.Without(DicomTags.StudyInstanceUID))), DicomTags.StudyInstanceUID);
        AssertRefused(0x0121, await Client.CreateStepAsync(
            Uid, Steps.Started(Steps.Of("1.2.3.1", "ACC1"), second.Set(DicomTags.StudyInstanceUID))), DicomTags.StudyInstanceUID);
    }

    [Fact]
    public async Task A_request_without_any_data_set_names_all_that_is_missing() =>
        AssertRefused(0x0120, await Client.CreateAsync(RawScu.Mpps, Uid, null), [.. StepAttributes.RequiredAtCreation]);

    [Fact]
    public async Task Type_2_attributes_may_be_empty()
    {
        var step = Steps.Started();
        foreach (var tag in StepAttributes.ExpectedAtCreation) step.Set(tag);
        await StartStepAsync(step);
        Assert.Empty((await Scp.Store.GetStepAsync(Uid, default))!.Warnings);
    }

    [Fact]
    public async Task The_lenient_profile_takes_a_step_without_type_2_attributes_and_records_the_gap()
    {
        var step = Steps.Started(new DicomDataset().Set(DicomTags.StudyInstanceUID, "1.2.3.1"));
        foreach (var tag in StepAttributes.ExpectedAtCreation) step.Remove(tag);
        await StartStepAsync(step);
        var warning = Assert.Single((await Scp.Store.GetStepAsync(Uid, default))!.Warnings);
        Assert.Contains("PatientID", warning, StringComparison.Ordinal);
        Assert.Contains("ScheduledProcedureStepID", warning, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task A_start_that_is_no_date_or_time_is_kept_and_recorded()
    {
        await StartStepAsync(Steps.Started().Set(DicomTags.PerformedProcedureStepStartDate, "5.1.2026"));
        var step = await Scp.Store.GetStepAsync(Uid, default);
        Assert.Null(step!.StartTime);
        Assert.Equal("PerformedProcedureStepStartDate cannot be read", Assert.Single(step.Warnings));
    }

    [Fact]
    public async Task An_unscheduled_exam_is_accepted_kept_and_shown()
    {
        await StartStepAsync(Steps.Started(Steps.Of("1.2.9.9")).Set(DicomTags.PatientID, "WALK-IN"));
        Assert.Equal(OrderStatus.Scheduled, await Scp.StatusOfAsync("ACC1"));
        var step = Assert.Single(await Scp.Store.UnscheduledStepsAsync(10, default));
        Assert.Equal((Uid, "WALK-IN", true), (step.SopInstanceUid, step.PatientId, step.IsUnscheduled));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        Assert.Equal(StepStatus.Completed, (await Scp.Store.GetStepAsync(Uid, default))!.Status);
    }

    [Fact]
    public async Task A_step_for_several_scheduled_steps_moves_all_their_orders()
    {
        await Scp.AddAsync(
            Orders.Order("ACC2") with { StudyInstanceUid = "1.2.3.2" }, Orders.Order("ACC3") with { StudyInstanceUid = "1.2.3.3" });
        await StartStepAsync(Steps.Started(Steps.Of("1.2.3.1"), Steps.Of("1.2.3.2"), Steps.Of("1.2.9.9")));
        Assert.Equal(["ACC1", "ACC2"], (await Scp.Store.GetStepAsync(Uid, default))!.Orders);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC2"));
        Assert.Equal(OrderStatus.Scheduled, await Scp.StatusOfAsync("ACC3"));

        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC2"));
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(4, (await Scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    internal static DicomTag Tag(string keyword) => DicomDictionary.FindKeyword(keyword)!.Value;
}

/// <summary>Point 2 again, in the strict profile.</summary>
public sealed class Mpps02_StrictCreateTests : MppsTest
{
    internal override PeerOptions? Peer => StrictPeer;

    public static TheoryData<string> Expected { get; } =
        [.. StepAttributes.ExpectedAtCreation.Select(tag => DicomDictionary.Find(tag)!.Keyword)];

    [Fact]
    public async Task A_whole_step_is_success() => await StartStepAsync();

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task A_missing_type_2_attribute_is_0x0120(string keyword)
    {
        var tag = Mpps02_CreateAttributeTests.Tag(keyword);
        AssertRefused(0x0120, await Client.CreateStepAsync(Uid, Steps.Started().Without(tag)), tag);
    }

    [Theory]
    [InlineData("AccessionNumber")]
    [InlineData("ScheduledProcedureStepID")]
    [InlineData("RequestedProcedureID")]
    public async Task A_missing_type_2_attribute_of_a_scheduled_step_is_0x0120(string keyword)
    {
        var tag = Mpps02_CreateAttributeTests.Tag(keyword);
        AssertRefused(0x0120, await Client.CreateStepAsync(Uid, Steps.Started(Steps.Of("1.2.3.1", "ACC1").Without(tag))), tag);
    }

    [Fact]
    public async Task A_start_that_is_no_date_or_time_is_0x0106() =>
        AssertRefused(0x0106, await Client.CreateStepAsync(Uid, Steps.Started().Set(DicomTags.PerformedProcedureStepStartTime, "10 o'clock")),
            DicomTags.PerformedProcedureStepStartTime);

    [Fact]
    public async Task A_repeated_N_CREATE_is_0x0111_even_with_the_same_content()
    {
        await StartStepAsync();
        AssertRefused(0x0111, await Client.CreateStepAsync(Uid, Steps.Started()));
    }
}
