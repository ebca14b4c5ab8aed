using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class LimitTests
{
    [Fact]
    public async Task One_peer_cannot_take_every_place_and_gets_one_again_when_it_leaves()
    {
        await using var listener = await Listening.WithAsync(o => o.MaximumAssociationsPerPeer = 2, null, null);
        await using var first = await ScriptedPeer.ConnectAsync(listener);
        await first.AssociateAsync(VerificationService.SopClassUid);
        await using (var second = await ScriptedPeer.ConnectAsync(listener))
        {
            await second.AssociateAsync(VerificationService.SopClassUid);
            await using var third = await ScriptedPeer.ConnectAsync(listener);
            await third.SendAsync(new Pdu.AssociateRequest(ScriptedPeer.Proposal(VerificationService.SopClassUid)));
            Assert.Equal(2, Assert.IsType<Pdu.AssociateReject>(await third.ReceiveAsync()).Reason);
        }
        await Eventually.HoldsAsync(() => listener.AssociationCount == 1, "one association is left");
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task Connections_that_never_associate_are_capped_and_do_not_keep_others_out_for_good()
    {
        await using var listener = await Listening.WithAsync(o => o.MaximumPendingConnections = 5, null, null);
        var flood = new List<ScriptedPeer>();
        for (var i = 0; i < 30; i++) flood.Add(await ScriptedPeer.ConnectAsync(listener));
        await Eventually.HoldsAsync(() => listener.Counters.ConnectionsRefused == 25, "25 connections were refused");
        await flood[29].ExpectEndAsync();
        foreach (var peer in flood) await peer.DisposeAsync();
        // The places come back as the closed connections are noticed
        await Eventually.SucceedsAsync(
            async () =>
            {
                await listener.StillServesAsync();
                return true;
            },
            _ => true);
    }

    [Fact]
    public async Task A_data_set_without_end_is_refused_in_bounded_memory()
    {
        await using var listener = await Listening.WithAsync(
            o => o.MaximumDatasetLength = 1 << 20, null, null,
            new ServiceStub(ServiceStub.CtImage) { Any = (_, _) => new(DimseResponse.Success) });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.CtImage);
        var store = new RequestCommand(DimseCommand.CStore, ServiceStub.CtImage) { SopInstanceUid = "1.2.3" }.ToBytes(1, true);
        await peer.SendMessageAsync(3, store);
        var fragment = new Pdu.Data([new PresentationDataValue(3, false, false, new byte[64 * 1024])]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1600; i++) await peer.SendAsync(fragment); // 100 MB
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 24 << 20);
        await peer.SendAsync(new Pdu.Data([new PresentationDataValue(3, false, true, new byte[2])]));
        Assert.Equal(DimseStatus.OutOfResources, (await peer.ReceiveMessageAsync()).Command.Status);
        await peer.EchoAsync(2);
    }

    [Fact]
    public async Task Data_sets_of_all_associations_together_are_bounded_and_room_comes_back()
    {
        await using var listener = await Listening.WithAsync(
            o => (o.MaximumDatasetLength, o.MaximumReceivedLength) = (2 << 20, 3 << 20), null, null,
            new ServiceStub(ServiceStub.CtImage) { Any = (_, _) => new(DimseResponse.Success) });
        await using var slow = await ScriptedPeer.ConnectAsync(listener);
        await slow.AssociateAsync(ServiceStub.CtImage);
        await using var other = await ScriptedPeer.ConnectAsync(listener);
        await other.AssociateAsync(ServiceStub.CtImage);

        await slow.SendAsync([.. ScriptedPeer.Message(1, Store()), .. Fragments(isWhole: false)]);
        await Eventually.HoldsAsync(() => listener.ReceivedLength == 2 << 20, "the slow one's data is held");
        await other.SendAsync([.. ScriptedPeer.Message(1, Store()), .. Fragments(isWhole: true)]);
        var (refused, _) = await other.ReceiveMessageAsync();
        Assert.Equal(DimseStatus.OutOfResources, refused.Status);
        Assert.Contains("try again", refused.ErrorComment, StringComparison.Ordinal);

        await slow.SendAsync(new Pdu.Data([new(1, false, true, new byte[2])]));
        Assert.Equal(DimseStatus.Success, (await slow.ReceiveMessageAsync()).Command.Status);
        await other.SendAsync([.. ScriptedPeer.Message(1, Store()), .. Fragments(isWhole: true)]);
        Assert.Equal(DimseStatus.Success, (await other.ReceiveMessageAsync()).Command.Status);

        await slow.SendAsync([.. ScriptedPeer.Message(1, Store()), .. Fragments(isWhole: false)]);
        await Eventually.HoldsAsync(() => listener.ReceivedLength == 2 << 20, "the slow one's data is held again");
        slow.Reset();
        await Eventually.HoldsAsync(() => listener.ReceivedLength == 0, "nothing is held any more");

        static byte[] Store() =>
            new RequestCommand(DimseCommand.CStore, ServiceStub.CtImage) { SopInstanceUid = "1.2.3" }.ToBytes(1, true);

        // 1.5 MB, for which an array of 2 MB is taken
        static IEnumerable<Pdu> Fragments(bool isWhole) => Enumerable.Range(0, 24).Select(
            i => new Pdu.Data([new(1, false, isWhole && i == 23, new byte[64 * 1024])]));
    }

    [Fact]
    public async Task A_command_set_without_end_is_aborted()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        for (var i = 0; i < 17; i++)
            await peer.SendAsync(new Pdu.Data([new PresentationDataValue(1, true, false, new byte[4096])]));
        await peer.ExpectAbortAsync(AbortSource.ServiceProvider, AbortReason.UnexpectedPduParameter);
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task A_store_can_be_refused_before_its_data_comes()
    {
        var stored = 0;
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.CtImage)
        {
            BeforeData = request => request.SopInstanceUid == "1.2.3"
                ? new DimseResponse(DimseStatus.NotAuthorized) { ErrorComment = "Send images to port 4242" }
                : throw new InvalidOperationException("a fault"),
            Any = (_, _) =>
            {
                stored++;
                return new(DimseResponse.Success);
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.CtImage);
        (string, ushort)[] answers = [("1.2.3", DimseStatus.NotAuthorized), ("1.2.4", DimseStatus.ProcessingFailure)];
        foreach (var (instance, status) in answers)
        {
            await peer.SendMessageAsync(
                1, new RequestCommand(DimseCommand.CStore, ServiceStub.CtImage) { SopInstanceUid = instance }.ToBytes(1, true),
                new byte[100]);
            Assert.Equal(status, (await peer.ReceiveMessageAsync()).Command.Status);
        }
        Assert.Equal(0, stored);
    }

    [Fact]
    public void A_setting_that_cannot_work_is_named()
    {
        var error =
            Assert.Throws<ArgumentException>(() => new DicomListener(new DicomListenerOptions { MaximumPduLength = 100 }, []));
        Assert.Contains("MaximumPduLength is 100; allowed: 4096 to 16777216", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(
            () => new DicomListener(new DicomListenerOptions(), [new VerificationService(), new VerificationService()]));
        Assert.Contains("1.2.840.10008.1.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var listener = await Listening.WithAsync();
        await using var second = new DicomListener(new DicomListenerOptions { EndPoints = listener.BoundEndPoints }, []);
        var error = await Assert.ThrowsAsync<DicomNetworkException>(() => second.StartAsync());
        Assert.Equal(NetworkPhase.Listen, error.Phase);
        Assert.Contains(listener.BoundEndPoints[0].ToString(), error.Message, StringComparison.Ordinal);
    }
}
