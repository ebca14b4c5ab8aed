using System.Net.Sockets;

namespace Gantry.Dicom.Network;

/// <summary>Plain TCP.</summary>
internal sealed class SocketTransport(Socket socket) : Transport(socket)
{
    public override bool KnowsAvailable => true;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        AcknowledgeAtOnce();
        return Socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sent = Socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
        if (!sent.IsCompletedSuccessfully) return RestAsync(sent, bytes, cancellationToken);
        var count = sent.Result; // a value task is read once
        return count == bytes.Length ? default : RestAsync(new(count), bytes, cancellationToken);
    }

    private async ValueTask RestAsync(ValueTask<int> first, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sent = await first;
        while (sent < bytes.Length)
            sent += await Socket.SendAsync(bytes[sent..], SocketFlags.None, cancellationToken);
    }
}
