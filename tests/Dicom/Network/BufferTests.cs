using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class BufferTests
{
    [Fact]
    public async Task A_request_behind_a_long_one_arrives_while_its_service_runs()
    {
        var (gate, started) = (new TaskCompletionSource(), new TaskCompletionSource());
        var received = new List<byte[]>();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (request, _) =>
            {
                received.Add(request.Data.ToArray());
                started.TrySetResult();
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        // Longer than the receive buffer begins with, so that the buffer has grown when the service starts
        byte[] first = [.. Enumerable.Repeat((byte)1, 40_000)], second = [.. Enumerable.Repeat((byte)2, 40_000)];
        await peer.SendMessageAsync(1, Set(1), first);
        await started.Task;
        await peer.SendMessageAsync(1, Set(2), second);
        gate.SetResult();
        Assert.Equal(1, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        Assert.Equal(2, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        Assert.Equal([first, second], received);
    }

    private static byte[] Set(ushort messageId) =>
        new RequestCommand(DimseCommand.NSet, ServiceStub.Mpps) { SopInstanceUid = "1.2" }.ToBytes(messageId, true);
}
