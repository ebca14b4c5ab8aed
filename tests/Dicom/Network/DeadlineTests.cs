using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_when_ARTIM_runs_out()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await time.AdvanceUntilAsync(peer.ExpectEndAsync(), Step);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tls_handshake_that_never_ends_is_ended_by_ARTIM(bool hasBegun)
    {
        using var files = new Certificates();
        var server = files.Sign("server");
        var (log, time) = (new LogList(), new FakeTime());
        await using var listener = await Listening.WithLogAsync(
            log, o => o.Tls = DicomTls.ServerOptions(server.Certificate, server.Key, files.Trusted), time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        // The header of a handshake record of TLS 1.2, whose 256 bytes do not come
        if (hasBegun) await peer.SendBytesAsync(new byte[] { 22, 3, 3, 1, 0, 1, 0 });
        await time.AdvanceUntilAsync(peer.ExpectEndAsync(), Step);
        Assert.Contains("time-out", log.Lines.Single(l => l.Id == 1017).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_association_request_that_drips_in_does_not_stretch_ARTIM()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendBytesAsync(new byte[] { 1, 0, 0, 1, 0, 0 });
        await Eventually.DoneAsync(peer.ExpectEndAsync(), async () =>
        {
            time.Advance(TimeSpan.FromSeconds(20)); // less than ARTIM
            await peer.SendToClosingAsync(new byte[1]);
        });
    }

    [Fact]
    public async Task A_peer_that_talks_on_after_an_abort_does_not_stretch_ARTIM()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        var request = new System.Buffers.ArrayBufferWriter<byte>();
        PduWriter.Write(request, new Pdu.AssociateRequest(ScriptedPeer.Proposal("1.2")));
        await peer.SendBytesAsync(request.WrittenMemory); // AA-8, and from then on AA-7
        for (var i = 0; i < 10; i++)
        {
            if (await peer.ReceiveAsync() is null) return;
            time.Advance(TimeSpan.FromSeconds(20)); // less than ARTIM
            await peer.SendToClosingAsync(request.WrittenMemory);
        }
        Assert.Fail("The connection is still there.");
    }

    [Fact]
    public async Task A_peer_that_floods_on_after_an_abort_is_cut_off_before_ARTIM()
    {
        await using var listener = await Listening.WithAsync(_ => { }, new FakeTime(), null); // whose ARTIM never runs out
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendBytesAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.NotNull(await peer.ReceiveAsync());
        var (flood, sent) = (new byte[1 << 20], 0);
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; sent < 64; sent++) await peer.SendBytesAsync(flood);
        });
        Assert.InRange(sent, 7, 63);
    }

    [Fact]
    public async Task An_idle_association_is_aborted_in_the_end()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        var abort = peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(abort.IsCompleted);
        await time.AdvanceUntilAsync(abort, TimeSpan.FromMinutes(1));
        await abort;
        await time.AdvanceUntilAsync(peer.ExpectEndAsync(), Step); // the peer does not close: ARTIM
        await listener.HasNoAssociationAsync();
    }

    [Fact]
    public async Task A_message_that_drips_in_is_aborted_when_its_time_is_over()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        var abort = peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
        // Whole PDUs, each in time, of a message that never ends
        var drip = new Pdu.Data([new PresentationDataValue(1, true, false, new byte[2])]);
        await Eventually.DoneAsync(abort, async () =>
        {
            await peer.SendAsync(drip);
            time.Advance(TimeSpan.FromSeconds(20));
        });
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_cut_off_and_its_service_told()
    {
        var time = new FakeTime();
        var ended = new TaskCompletionSource<Exception>();
        await using var listener = await Listening.WithAsync(_ => { }, time, null, new ServiceStub(ServiceStub.Worklist)
        {
            Find = async (_, responses, token) =>
            {
                try
                {
                    while (true)
                    {
                        responses.GetSpan(30_000)[..30_000].Clear();
                        responses.Advance(30_000);
                        responses.Commit();
                        await responses.FlushIfFullAsync(token);
                    }
                }
                catch (Exception e)
                {
                    ended.SetResult(e);
                    throw;
                }
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        await peer.SendMessageAsync(1, ScriptedPeer.Find(1), new byte[8]);
        await time.AdvanceUntilAsync(ended.Task, Step);
        Assert.True(await ended.Task is DicomNetworkException or OperationCanceledException);
        await listener.HasNoAssociationAsync();
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task A_service_that_does_not_give_its_thread_back_may_take_its_time_too()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null, new ServiceStub(ServiceStub.Mpps)
        {
            Any = (_, _) =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return new(DimseResponse.Success);
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        for (ushort id = 1; id <= 3; id++)
        {
            await peer.SendMessageAsync(1, ServiceStub.Delete(id));
            Assert.Equal(id, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        }
    }

    [Fact]
    public async Task A_service_may_take_its_time()
    {
        var time = new FakeTime();
        var (gate, isBehind) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var listener = await Listening.WithAsync(_ => { }, time, null, new ServiceStub(ServiceStub.Mpps)
        {
            BeforeData = _ =>
            {
                isBehind.SetResult();
                return null;
            },
            Any = async (_, _) =>
            {
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        await peer.SendMessageAsync(1, ServiceStub.Delete(1));
        // A whole second request in one PDU: once its command set is seen, the loop is besides the service
        var set = new RequestCommand(DimseCommand.NSet, ServiceStub.Mpps) { SopInstanceUid = "1.2" }.ToBytes(2, true);
        await peer.SendAsync(new Pdu.Data([new(1, true, true, set), new(1, false, true, new byte[8])]));
        await isBehind.Task;
        for (var i = 0; i < 20; i++) time.Advance(TimeSpan.FromMinutes(5));
        gate.SetResult();
        Assert.Equal(1, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        Assert.Equal(2, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
    }
}
