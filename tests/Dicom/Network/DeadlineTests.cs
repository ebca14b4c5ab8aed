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

    [Fact]
    public async Task An_association_request_that_drips_in_does_not_stretch_ARTIM()
    {
        var time = new FakeTime();
        await using var listener = await Listening.WithAsync(_ => { }, time, null);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendBytesAsync(new byte[] { 1, 0, 0, 1, 0, 0 });
        var end = peer.ExpectEndAsync();
        for (var i = 0; i < 1000 && !end.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(20)); // less than ARTIM
            try
            {
                await peer.SendBytesAsync(new byte[1]);
            }
            catch (System.Net.Sockets.SocketException)
            {
                break; // closed
            }
            await Task.WhenAny(end, Task.Delay(5));
        }
        await end;
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
        var sent = 0;
        while (!abort.IsCompleted && sent < 1000)
        {
            await peer.SendAsync(drip);
            sent++;
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.WhenAny(abort, Task.Delay(5));
        }
        await abort;
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
    public async Task A_service_may_take_its_time()
    {
        var time = new FakeTime();
        var gate = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(_ => { }, time, null, new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, _) =>
            {
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.Mpps);
        await peer.SendMessageAsync(3, new RequestCommand(DimseCommand.NDelete, ServiceStub.Mpps) { SopInstanceUid = "1.2" }.ToBytes(1, false));
        // The echo is behind it, so once both are in, the loop waits besides the service
        await peer.SendMessageAsync(1, ScriptedPeer.Echo(2));
        await Task.Delay(50);
        for (var i = 0; i < 20; i++) time.Advance(TimeSpan.FromMinutes(5));
        gate.SetResult();
        Assert.Equal(1, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        Assert.Equal(2, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
    }
}
