using System.Net.Security;
using System.Net.Sockets;

namespace Gantry.Dicom.Network;

/// <summary>TLS over TCP; the handshake is done by whoever made the stream.</summary>
internal sealed class TlsTransport : Transport
{
    private readonly SslStream _stream;

    public TlsTransport(Socket socket) : base(socket) => _stream = new SslStream(new NetworkStream(socket, ownsSocket: false));

    public SslStream Stream => _stream;

    // What waits in the socket may be part of a record, or none of our bytes at all
    public override bool KnowsAvailable => false;

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        AcknowledgeAtOnce();
        return _stream.ReadAsync(buffer, cancellationToken);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    public override void Dispose()
    {
        base.Dispose(); // first, so that the stream cannot block on a closing alert
        _stream.Dispose();
    }
}
