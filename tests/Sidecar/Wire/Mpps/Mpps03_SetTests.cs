using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 3: N-SET, in the lenient profile.</summary>
public sealed class Mpps03_SetTests : MppsTest
{
    [Fact]
    public async Task An_unknown_step_is_0x0112() => AssertRefused(0x0112, await Client.SetStepAsync("1.2.3.404", Steps.Ended()));

    [Theory]
    [InlineData("COMPLETED", OrderStatus.Completed)]
    [InlineData("DISCONTINUED", OrderStatus.Discontinued)]
    public async Task A_step_that_ended_cannot_be_updated_any_more(string status, OrderStatus order)
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended(status)));
        Assert.Equal(order, await Scp.StatusOfAsync("ACC1"));

        foreach (var change in (DicomDataset[])[Steps.Ended(), Steps.Status("IN PROGRESS"), Steps.Status("DISCONTINUED"), []])
        {
            var response = await Client.SetStepAsync(Uid, change);
            AssertRefused(0x0110, response);
            Assert.Equal("Performed Procedure Step Object may no longer be updated", response.ErrorComment);
            Assert.Equal((ushort)0xA710, response.ErrorId);
        }

        Assert.Equal(order, await Scp.StatusOfAsync("ACC1"));
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(2, (await Scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    [Fact]
    public async Task Without_a_status_it_is_an_intermediate_update_and_nobody_is_told()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, new DicomDataset().Set(DicomTags.PerformedProcedureStepDescription, "Both breasts")));
        var step = await Scp.Store.GetStepAsync(Uid, default);
        Assert.Equal(StepStatus.InProgress, step!.Status);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal("Both breasts", (await Client.GetStepAsync(Uid)).Dataset!.GetString(DicomTags.PerformedProcedureStepDescription));
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(1, (await Scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    [Theory]
    [InlineData("PAUSED", 0x0106)]
    [InlineData("", 0x0121)]
    public async Task A_status_that_is_none_is_refused_and_the_step_stays(string status, int code)
    {
        await StartStepAsync();
        var change = Steps.Ended();
        if (status.Length > 0) change.Set(DicomTags.PerformedProcedureStepStatus, status);
        else change.Set(DicomTags.PerformedProcedureStepStatus);
        AssertRefused((ushort)code, await Client.SetStepAsync(Uid, change), DicomTags.PerformedProcedureStepStatus);
        Assert.Equal(StepStatus.InProgress, (await Scp.Store.GetStepAsync(Uid, default))!.Status);
        Assert.Null((await Scp.Store.GetStepAsync(Uid, default))!.EndTime);
    }

    [Fact]
    public async Task A_sequence_replaces_the_whole_sequence()
    {
        await StartStepAsync();
        foreach (string[] series in (string[][])[["1.2.3.1.1", "1.2.3.1.2"], ["1.2.3.1.3"], []])
        {
            AssertSuccess(await Client.SetStepAsync(
                Uid, new DicomDataset().SetItems(DicomTags.PerformedSeriesSequence, series.Select(Steps.Series))));
            Assert.Equal(series, (await Client.GetStepAsync(Uid)).Dataset!
                .GetItems(DicomTags.PerformedSeriesSequence).Select(item => item.GetString(DicomTags.SeriesInstanceUID)!));
        }
    }

    [Fact]
    public async Task What_may_not_be_set_is_left_as_it_was_with_the_warning_0x0107_and_the_rest_is_done()
    {
        await StartStepAsync();
        var change = Steps.Ended()
            .Set(DicomTags.PatientID, "P-OTHER").Set(DicomTags.PatientName, "OTHER^PATIENT")
            .Set(DicomTags.PatientMotherBirthName, "X")
            .SetItems(DicomTags.ScheduledStepAttributesSequence, Steps.Of("1.2.9.9"));
        var response = await Client.SetStepAsync(Uid, change);

        Assert.Equal(0x0107, response.Status);
        Assert.Equal(
            [DicomTags.PatientName, DicomTags.PatientID, DicomTags.PatientMotherBirthName, DicomTags.ScheduledStepAttributesSequence],
            response.AttributeList);
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
        var held = (await Client.GetStepAsync(Uid)).Dataset!;
        Assert.Equal("P-ACC1", held.GetString(DicomTags.PatientID));
        Assert.Equal("1.2.3.1", held.GetItems(DicomTags.ScheduledStepAttributesSequence)[0].GetString(DicomTags.StudyInstanceUID));
        Assert.False(held.Contains(DicomTags.PatientMotherBirthName));
    }

    [Fact]
    public async Task The_patient_sent_again_with_the_same_values_needs_no_warning()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()
            .Set(DicomTags.PatientID, "P-ACC1").Set(DicomTags.PatientName, "SMITH^JANE").Set(DicomTags.Modality, "MG")));
    }

    [Fact]
    public async Task A_dose_that_was_not_announced_is_kept()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended().Set(DicomTags.EntranceDoseInmGy, "4.2")));
        Assert.Equal("4.2", (await Client.GetStepAsync(Uid)).Dataset!.GetString(DicomTags.EntranceDoseInmGy));
    }

    [Fact]
    public async Task Updates_of_several_associations_at_once_all_arrive()
    {
        await StartStepAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Scp.ConnectAsync("M" + i)));
        DicomTag[] tags =
        [
            DicomTags.PerformedProcedureStepDescription, DicomTags.CommentsOnThePerformedProcedureStep,
            DicomTags.PerformedProcedureTypeDescription, DicomTags.CommentsOnRadiationDose,
        ];
        var responses = await Task.WhenAll(clients.Select((client, i) => client.SetStepAsync(Uid, new DicomDataset().Set(tags[i], "text " + i))));
        Assert.All(responses, AssertSuccess);
        var held = (await Client.GetStepAsync(Uid)).Dataset!;
        Assert.Equal(["text 0", "text 1", "text 2", "text 3"], tags.Select(held.GetString));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_final_updates_at_once_one_wins_and_the_other_is_told_0x0110()
    {
        await StartStepAsync();
        await using var other = await Scp.ConnectAsync("OTHER");
        var responses = await Task.WhenAll(Client.SetStepAsync(Uid, Steps.Ended()), other.SetStepAsync(Uid, Steps.Ended("DISCONTINUED")));
        Assert.Equal([0x0000, 0x0110], responses.Select(response => (int)response.Status).Order());
    }
}

/// <summary>Point 3 again, in the strict profile.</summary>
public sealed class Mpps03_StrictSetTests : MppsTest
{
    internal override PeerOptions? Peer => StrictPeer;

    [Fact]
    public async Task What_N_CREATE_did_not_create_and_what_N_SET_may_not_set_is_refused_and_nothing_is_done()
    {
        await StartStepAsync();
        AssertRefused(0x0105, await Client.SetStepAsync(Uid, Steps.Ended().Set(DicomTags.EntranceDoseInmGy, "4.2")), DicomTags.EntranceDoseInmGy);
        AssertRefused(0x0105, await Client.SetStepAsync(Uid, Steps.Ended().Set(DicomTags.PatientID, "P-OTHER")), DicomTags.PatientID);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
    }

    [Fact]
    public async Task What_N_CREATE_announced_may_be_set()
    {
        await StartStepAsync(Steps.Started().Set(DicomTags.EntranceDoseInmGy).SetItems(DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended("DISCONTINUED").Set(DicomTags.EntranceDoseInmGy, "4.2")
            .SetItems(DicomTags.PerformedProcedureStepDiscontinuationReasonCodeSequence, new DicomDataset()
                .Set(DicomTags.CodeValue, "110501").Set(DicomTags.CodingSchemeDesignator, "DCM").Set(DicomTags.CodeMeaning, "Equipment failure"))));
        Assert.Equal(OrderStatus.Discontinued, await Scp.StatusOfAsync("ACC1"));
    }
}
