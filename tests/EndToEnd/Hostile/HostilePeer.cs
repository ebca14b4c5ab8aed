using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>
/// A peer that sends whatever it likes and sees how the other side ends it. Each has an address of its own (127.66.x.y) unless
/// told otherwise, by which the sidecar's log tells it from all others.
/// </summary>
internal sealed class HostilePeer : IAsyncDisposable
{
    private static int _count;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly Socket _socket;
    private byte[] _received = [];

    private HostilePeer(Socket socket) => (_socket, EndPoint) = (socket, (IPEndPoint)socket.LocalEndPoint!);

    /// <summary>As it stands in the sidecar's log.</summary>
    public IPEndPoint EndPoint { get; }

    public static IPAddress NewAddress()
    {
        var number = Interlocked.Increment(ref _count);
        return new IPAddress([127, 66, (byte)(number >> 8), (byte)number]);
    }

    public static async Task<HostilePeer> ConnectAsync(int port, int? receiveBuffer = null, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
            socket.ReceiveBufferSize = size;
        socket.Bind(new IPEndPoint(from ?? NewAddress(), 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new(socket);
    }

    /// <summary>Connects and gets an association with the contexts of <see cref="Requests"/>.</summary>
    public static async Task<HostilePeer> AssociateAsync(int port, int? receiveBuffer = null, IPAddress? from = null)
    {
        var peer = await ConnectAsync(port, receiveBuffer, from);
        await peer.SendAsync(AssociateRequest());
        Assert.IsType<Pdu.AssociateAccept>(await peer.ReceiveAsync());
        return peer;
    }

    public static byte[] AssociateRequest() => Bytes(new Pdu.AssociateRequest(new()
    {
        CallingAeTitle = "HOSTILE", CalledAeTitle = "WORKLISTS", ImplementationClassUid = "1.2.3",
        PresentationContexts =
        [
            Context(Requests.Verification, SopClassUids.Verification),
            Context(Requests.Worklist, SopClassUids.ModalityWorklistInformationModelFind),
            Context(Requests.Step, SopClassUids.ModalityPerformedProcedureStep),
            Context(Requests.Storage, SopClassUids.CTImageStorage),
        ],
    }));

    private static PresentationContext Context(byte id, string sopClass) => new(id, sopClass, [TransferSyntax.ImplicitVrLittleEndian.Uid]);

    public static byte[] Bytes(Pdu pdu)
    {
        var output = new ArrayBufferWriter<byte>();
        PduWriter.Write(output, pdu);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Sends; false if the other side has closed.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length;)
                sent += await _socket.SendAsync(bytes[sent..]).AsTask().WaitAsync(Patience);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends no more, and goes on reading.</summary>
    public void HalfClose()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The other side was faster
        }
    }

    /// <summary>The next PDU; null when the other side has closed.</summary>
    public async Task<Pdu?> ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var input = new ReadOnlySequence<byte>(_received);
            if (PduReader.TryRead(ref input, 0, out var pdu))
            {
                _received = input.ToArray();
                return pdu;
            }
            int count;
            try
            {
                count = await _socket.ReceiveAsync(buffer).WaitAsync(Patience);
            }
            catch (SocketException)
            {
                return null; // a reset
            }
            if (count == 0)
            {
                Assert.Empty(_received);
                return null;
            }
            _received = [.. _received, .. buffer.AsSpan(0, count)];
        }
    }

    /// <summary>Reads until the other side closes, which it has to; the result is every PDU that came.</summary>
    public async Task<IReadOnlyList<Pdu>> ReadToEndAsync()
    {
        var pdus = new List<Pdu>();
        while (await ReceiveAsync() is { } pdu)
            pdus.Add(pdu);
        return pdus;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
