using System.Net;
using System.Net.Sockets;

namespace Gantry.Dicom.Network;

/// <summary>The byte stream under an association: one read and one send at a time, each by its own owner.</summary>
internal abstract class Transport : IDisposable
{
    // IPPROTO_TCP and TCP_QUICKACK of Linux; .NET has no name for the option
    private const int TcpLevel = 6, TcpQuickAck = 12;
    private static readonly bool HasQuickAck = OperatingSystem.IsLinux();
    private static readonly byte[] On = [1, 0, 0, 0];

    protected Transport(Socket socket)
    {
        Socket = socket;
        socket.NoDelay = true;
        RemoteEndPoint = Plain((IPEndPoint)socket.RemoteEndPoint!);
        LocalEndPoint = Plain((IPEndPoint)socket.LocalEndPoint!);
    }

    protected Socket Socket { get; }

    public IPEndPoint RemoteEndPoint { get; }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>True if <see cref="Available"/> counts exactly the bytes that the next read will bring.</summary>
    public abstract bool KnowsAvailable { get; }

    /// <summary>Bytes that lie in the socket unread; 0 on a closed one.</summary>
    public int Available
    {
        get
        {
            try
            {
                return Socket.Available;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return 0;
            }
        }
    }

    public abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Acknowledges at once what comes next. Peers built on DCMTK write a PDU's header and its body apart with Nagle's
    /// algorithm on; the body then waits for the acknowledgement of the header, which Linux would delay by 40 ms. The kernel
    /// forgets the option by itself, so it is set again before each read.
    /// </summary>
    protected void AcknowledgeAtOnce()
    {
        if (HasQuickAck) Socket.SetRawSocketOption(TcpLevel, TcpQuickAck, On);
    }

    public virtual void Dispose() => Socket.Dispose();

    private static IPEndPoint Plain(IPEndPoint endPoint) =>
        endPoint.Address.IsIPv4MappedToIPv6 ? new(endPoint.Address.MapToIPv4(), endPoint.Port) : endPoint;
}
