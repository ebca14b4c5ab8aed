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
    public async Task A_request_that_is_half_here_when_the_listener_stops_is_still_served()
    {
        var begun = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            BeforeData = _ =>
            {
                begun.SetResult();
                return null;
            },
            Any = (request, _) => new(new DimseResponse(request.Data.Length == 8 ? DimseStatus.Success : DimseStatus.Warning)),
        });
        await using var idle = await ScriptedPeer.ConnectAsync(listener);
        await idle.AssociateAsync(ServiceStub.Mpps);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        var set = new RequestCommand(DimseCommand.NSet, ServiceStub.Mpps) { SopInstanceUid = "1.2" }.ToBytes(1, true);
        await peer.SendAsync(new Pdu.Data([new(1, true, true, set), new(1, false, false, new byte[4])]));
        await begun.Task;
        var stopping = listener.StopAsync(TimeSpan.FromSeconds(20));
        Assert.IsType<Pdu.ReleaseRequest>(await idle.ReceiveAsync());
        await idle.SendAsync(new Pdu.ReleaseResponse());
        await peer.SendAsync(new Pdu.Data([new(1, false, true, new byte[4])]));
        Assert.Equal(DimseStatus.Success, (await peer.ReceiveMessageAsync()).Command.Status);
        Assert.IsType<Pdu.ReleaseRequest>(await peer.ReceiveAsync());
        await peer.SendAsync(new Pdu.ReleaseResponse());
        await stopping;
    }

    [Fact]
    public async Task Stopping_over_tls_finishes_and_releases_as_well()
    {
        using var files = new Certificates();
        var (server, client) = (files.Sign("server"), files.Sign("client"));
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var listener = await Listening.WithAsync(
            o => o.Tls = DicomTls.ServerOptions(server.Certificate, server.Key, files.Trusted), null, null,
            new ServiceStub(ServiceStub.Mpps)
            {
                Any = async (_, _) =>
                {
                    started.SetResult();
                    await gate.Task;
                    return DimseResponse.Success;
                },
            });
        var tls = DicomTls.ClientOptions("localhost", files.Trusted, client.Certificate, client.Key);
        await using var shaking = await ScriptedPeer.ConnectAsync(listener); // never does its part of the handshake
        await using var idle = await ScriptedPeer.ConnectAsync(listener, tls);
        await idle.AssociateAsync(VerificationService.SopClassUid);
        await idle.EchoAsync(1);
        await using var busy = await ScriptedPeer.ConnectAsync(listener, tls);
        await busy.AssociateAsync(ServiceStub.Mpps);
        await busy.SendMessageAsync(1, ServiceStub.Delete(1));
        await started.Task;

        var stopping = listener.StopAsync(TimeSpan.FromSeconds(20));
        await shaking.ExpectEndAsync();
        // The read that was ended for the drain has not hurt the stream: the answers to our release are read
        Assert.IsType<Pdu.ReleaseRequest>(await idle.ReceiveAsync());
        await idle.SendAsync(new Pdu.ReleaseResponse());
        await idle.ExpectEndAsync();
        Assert.False(stopping.IsCompleted);
        gate.SetResult();
        Assert.Equal(DimseStatus.Success, (await busy.ReceiveMessageAsync()).Command.Status);
        Assert.IsType<Pdu.ReleaseRequest>(await busy.ReceiveAsync());
        await busy.SendAsync(new Pdu.ReleaseResponse());
        await busy.ExpectEndAsync();
        await stopping;
        Assert.Equal((0, 0L), (listener.AssociationCount, listener.Counters.AssociationsAborted));
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
