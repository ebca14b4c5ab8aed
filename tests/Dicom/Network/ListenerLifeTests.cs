using System.Net;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class ListenerLifeTests
{
    [Fact]
    public async Task A_listener_can_be_stopped_and_disposed_again_and_again()
    {
        var log = new LogList();
        var listener = await Listening.WithLogAsync(log, _ => { }, null, null);
        await listener.StillServesAsync();
        await listener.StopAsync(TimeSpan.FromSeconds(20));
        await listener.StopAsync(TimeSpan.Zero);
        await listener.DisposeAsync();
        await listener.DisposeAsync();
        await listener.StopAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(1, log.Count(1001)); // stopped
        Assert.Empty(listener.BoundEndPoints);
    }

    [Fact]
    public async Task A_listener_that_was_never_started_can_be_stopped_and_disposed()
    {
        var listener = new DicomListener(new DicomListenerOptions(), []);
        await listener.StopAsync(TimeSpan.FromSeconds(20));
        await listener.DisposeAsync();
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_listener_starts_once()
    {
        await using var listener = await Listening.WithAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => listener.StartAsync());
        Assert.Single(listener.BoundEndPoints);
        await listener.StillServesAsync();
        await listener.StopAsync(TimeSpan.Zero);
        await Assert.ThrowsAsync<InvalidOperationException>(() => listener.StartAsync());
    }

    [Fact]
    public async Task A_listener_whose_port_was_taken_can_be_started_later()
    {
        var first = await Listening.WithAsync();
        await using var second = new DicomListener(
            new DicomListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0), .. first.BoundEndPoints] },
            [new VerificationService()]);
        await Assert.ThrowsAsync<DicomNetworkException>(() => second.StartAsync());
        await first.DisposeAsync();
        await second.StartAsync();
        await second.StillServesAsync();
    }

    [Fact]
    public async Task Disposing_ends_a_drain()
    {
        var (started, told) = (new TaskCompletionSource(), new TaskCompletionSource());
        var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, token) =>
            {
                await using var registration = token.Register(told.SetResult);
                started.SetResult();
                await told.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        await peer.SendMessageAsync(1, ServiceStub.Delete(1));
        await started.Task;
        var stopping = listener.StopAsync(TimeSpan.FromHours(1));
        Assert.False(stopping.IsCompleted);
        await listener.DisposeAsync();
        await stopping;
        await peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
    }
}
