using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 1: the statuses of N-CREATE (PS3.7 10.1.5.1.5), and who may use MPPS.</summary>
public sealed class Mpps01_CreateStatusTests : MppsTest
{
    [Fact]
    public async Task A_started_step_is_success_and_its_order_is_in_progress()
    {
        var response = await Client.CreateStepAsync(Uid, Steps.Started());
        AssertSuccess(response);
        Assert.Equal(Uid, response.AffectedSopInstanceUid);
        var order = await Scp.Store.GetAsync("ACC1", default);
        Assert.Equal(OrderStatus.InProgress, order!.Status);
        Assert.Equal(Uid, order.MppsInstanceUid);
        var step = await Scp.Store.GetStepAsync(Uid, default);
        Assert.Equal(StepStatus.InProgress, step!.Status);
        Assert.Equal("20260105101500", step.StartTime);
        Assert.Equal("MODALITY", step.CallingAeTitle);
        Assert.Empty(step.Warnings);
        foreach (var target in Enum.GetValues<OutboxTarget>())
        {
            var told = StatusEvent.Parse(Assert.Single(await Scp.Store.TakeOutboxAsync(target, 10, TimeSpan.FromMinutes(1), default)).Payload.Span);
            Assert.Equal(("ACC1", "IN PROGRESS", Uid), (told.AccessionNumber, told.Status, told.MppsInstanceUid));
        }
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("DISCONTINUED")]
    [InlineData("PAUSED")]
    public async Task Another_status_than_IN_PROGRESS_is_0x0106_with_the_attribute(string status)
    {
        AssertRefused(0x0106, await Client.CreateStepAsync(Uid, Steps.Started().Set(DicomTags.PerformedProcedureStepStatus, status)),
            DicomTags.PerformedProcedureStepStatus);
        Assert.Null(await Scp.Store.GetStepAsync(Uid, default));
        Assert.Equal(OrderStatus.Scheduled, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task Another_step_with_a_UID_that_exists_is_0x0111_and_the_first_stays()
    {
        await StartStepAsync();
        AssertRefused(0x0111, await Client.CreateStepAsync(Uid, Steps.Started().Set(DicomTags.PatientID, "P-OTHER")));
        Assert.Equal("P-ACC1", (await Scp.Store.GetStepAsync(Uid, default))!.PatientId);
    }

    [Theory]
    [InlineData("1.2.03")]
    [InlineData("1..2")]
    [InlineData("not a uid")]
    [InlineData("1.2.3.")]
    public async Task A_UID_that_is_none_is_0x0117(string uid)
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        var data = Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian);
        Assert.Equal(0x0117, (await scu.RequestAsync(0x0140, RawScu.Mpps, uid, data)).Status);
        Assert.Equal(0x0117, (await scu.RequestAsync(0x0120, RawScu.Mpps, uid, data)).Status);
        Assert.Equal(0x0117, (await scu.RequestAsync(0x0110, RawScu.Mpps, uid)).Status);
        Assert.Equal(0x0117, (await scu.RequestAsync(0x0120, RawScu.Mpps, null, data)).Status);
    }

    [Fact]
    public async Task A_step_of_the_retrieve_class_cannot_be_created_or_set_0x0119()
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps, RawScu.MppsRetrieve);
        var data = Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian);
        Assert.Equal(0x0119, (await scu.RequestAsync(0x0140, RawScu.MppsRetrieve, Uid, data)).Status);
        Assert.Equal(0x0119, (await scu.RequestAsync(0x0140, RawScu.MppsRetrieve, Uid, data, contextId: 3)).Status);
        Assert.Equal(0x0119, (await scu.RequestAsync(0x0120, RawScu.MppsRetrieve, Uid, data)).Status);
        Assert.Null(await Scp.Store.GetStepAsync(Uid, default));
    }

    [Fact]
    public async Task A_class_that_is_not_the_contexts_is_0x0122()
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        Assert.Equal(0x0122, (await scu.RequestAsync(0x0140, "1.2.840.10008.5.1.4.1.1.2", Uid, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
    }

    [Theory]
    [InlineData(0x0150)] // N-DELETE
    [InlineData(0x0130)] // N-ACTION
    public async Task An_operation_that_MPPS_does_not_have_is_0x0211(int commandField)
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        Assert.Equal(0x0211, (await scu.RequestAsync(commandField, RawScu.Mpps, Uid)).Status);
    }

    [Fact]
    public async Task Without_a_UID_the_step_gets_one_and_the_modality_is_told_which()
    {
        var response = await Client.CreateStepAsync(null, Steps.Started());
        AssertSuccess(response);
        var uid = response.AffectedSopInstanceUid;
        Assert.True(DicomUid.IsValid(uid));
        AssertSuccess(await Client.SetStepAsync(uid!, Steps.Ended()));
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task A_peer_that_may_not_use_MPPS_gets_0x0124_for_everything()
    {
        await StartStepAsync();
        await using var closed = await Scp.StartAsync(new PeerOptions { AllowsMpps = false });
        await using var client = await closed.ConnectAsync();
        AssertRefused(0x0124, await client.CreateStepAsync(Uid, Steps.Started()));
        AssertRefused(0x0124, await client.SetStepAsync(Uid, Steps.Ended()));
        AssertRefused(0x0124, await client.GetStepAsync(Uid));
        Assert.Empty((await closed.FindAsync([])).Succeeded()); // the worklist is open to it
    }

    [Fact]
    public async Task Bytes_that_are_no_data_set_are_0x0110_and_the_association_goes_on()
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        var response = await scu.RequestAsync(0x0140, RawScu.Mpps, Uid, [8, 0, 0x60, 0, 0xFF, 0, 0, 0]);
        Assert.Equal(0x0110, response.Status);
        Assert.Null(response.ErrorId);
        Assert.Equal(0x0000, (await scu.RequestAsync(0x0140, RawScu.Mpps, Uid, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_0x0110_and_never_a_success()
    {
        await SqliteCli.RunAsync(Scp.DatabasePath, "ALTER TABLE outbox RENAME TO outbox_gone");
        AssertRefused(0x0110, await Client.CreateStepAsync(Uid, Steps.Started()));
        await SqliteCli.RunAsync(Scp.DatabasePath, "ALTER TABLE outbox_gone RENAME TO outbox");
        Assert.Null(await Scp.Store.GetStepAsync(Uid, default));
        Assert.Equal(OrderStatus.Scheduled, await Scp.StatusOfAsync("ACC1"));
        await StartStepAsync();
    }
}
