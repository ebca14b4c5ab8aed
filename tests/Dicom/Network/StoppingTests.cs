using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class StoppingTests
{
    [Fact]
    public async Task Stopping_lets_what_runs_finish_and_releases_what_is_idle()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, _) =>
            {
                started.SetResult();
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var silent = await ScriptedPeer.ConnectAsync(listener);
        await using var idle = await ScriptedPeer.ConnectAsync(listener);
        await idle.AssociateAsync(VerificationService.SopClassUid);
        await using var busy = await ScriptedPeer.ConnectAsync(listener);
        await busy.AssociateAsync(ServiceStub.Mpps);
        await busy.SendMessageAsync(1, ServiceStub.Delete(1));
        await started.Task;

        var stopping = listener.StopAsync(TimeSpan.FromSeconds(20));
        Assert.IsType<Pdu.ReleaseRequest>(await idle.ReceiveAsync());
        await idle.SendAsync(new Pdu.ReleaseResponse());
        await idle.ExpectEndAsync();
        await silent.ExpectEndAsync();
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        Assert.Equal(DimseStatus.Success, (await busy.ReceiveMessageAsync()).Command.Status);
        Assert.IsType<Pdu.ReleaseRequest>(await busy.ReceiveAsync());
        // A release collision: both sides ask, and both answer (PS3.8 AR-8, AR-10, AR-4)
        await busy.SendAsync(new Pdu.ReleaseRequest(), new Pdu.ReleaseResponse());
        Assert.IsType<Pdu.ReleaseResponse>(await busy.ReceiveAsync());
        busy.HalfClose();
        await stopping;
        Assert.Equal(0, listener.AssociationCount);
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_aborted()
    {
        var started = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return DimseResponse.Success;
            },
        });
        await using var stubborn = await ScriptedPeer.ConnectAsync(listener);
        await stubborn.AssociateAsync(VerificationService.SopClassUid); // and it will not answer the release
        await using var busy = await ScriptedPeer.ConnectAsync(listener);
        await busy.AssociateAsync(ServiceStub.Mpps);
        await busy.SendMessageAsync(1, ServiceStub.Delete(1));
        await started.Task;
        await listener.StopAsync(TimeSpan.FromMilliseconds(200));
        Assert.IsType<Pdu.ReleaseRequest>(await stubborn.ReceiveAsync());
        await stubborn.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
        await busy.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
        Assert.Equal(0, listener.AssociationCount);
    }
}
