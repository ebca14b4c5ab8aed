using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>A peer that says exactly what a test tells it to, byte by byte if need be.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly MessageAssembler _assembler = new(64 << 20);
    private readonly Queue<PresentationDataValue> _values = [];
    private byte[] _received = [];

    private ScriptedPeer(Socket socket, Stream? stream = null)
    {
        _socket = socket;
        _stream = stream ?? new NetworkStream(socket, ownsSocket: false);
    }

    public static Task<ScriptedPeer> ConnectAsync(DicomListener listener) => ConnectAsync(listener.Port());

    public static async Task<ScriptedPeer> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new ScriptedPeer(socket);
    }

    public static async Task<ScriptedPeer> ConnectAsync(DicomListener listener, SslClientAuthenticationOptions tls)
    {
        var plain = await ConnectAsync(listener);
        var stream = new SslStream(plain._stream);
        await stream.AuthenticateAsClientAsync(tls).WaitAsync(Patience);
        return new ScriptedPeer(plain._socket, stream);
    }

    /// <summary>The other side: a client of ours comes, and asks for an association.</summary>
    public static async Task<(ScriptedPeer Peer, AssociateParameters Proposal)> AcceptAsync(TcpListener listener)
    {
        var peer = new ScriptedPeer(await listener.AcceptSocketAsync().WaitAsync(Patience));
        return (peer, Assert.IsType<Pdu.AssociateRequest>(await peer.ReceiveAsync()).Parameters);
    }

    /// <summary>Accepts what was proposed, with the first transfer syntax of each context or another one.</summary>
    public async Task AcceptAsync(AssociateParameters proposal, string? transferSyntax = null)
    {
        Expect(proposal);
        await SendAsync(new Pdu.AssociateAccept(proposal with
        {
            PresentationContexts = [.. proposal.PresentationContexts.Select(
                c => new PresentationContext(c.Id, "", [transferSyntax ?? c.TransferSyntaxes[0]]))],
        }));
    }

    public static AssociateParameters Proposal(params string[] abstractSyntaxes) => new()
    {
        CallingAeTitle = "PEER",
        CalledAeTitle = "GANTRY",
        ImplementationClassUid = "1.2.3",
        PresentationContexts =
            [.. abstractSyntaxes.Select(
                (a, i) => new PresentationContext((byte)(2 * i + 1), a, [TransferSyntax.ImplicitVrLittleEndian.Uid]))],
    };

    public Task AssociateAsync(params string[] abstractSyntaxes) => AssociateAsync(Proposal(abstractSyntaxes));

    public async Task<AssociateParameters> AssociateAsync(AssociateParameters proposal)
    {
        await SendAsync(new Pdu.AssociateRequest(proposal));
        var accept = Assert.IsType<Pdu.AssociateAccept>(await ReceiveAsync());
        Expect(proposal);
        return accept.Parameters;
    }

    private void Expect(AssociateParameters proposal) =>
        _assembler.Contexts = new ContextTable([.. proposal.PresentationContexts.Select(
        c => new AcceptedContext(c.Id, c.AbstractSyntax, TransferSyntax.ImplicitVrLittleEndian, null))]);

    public async Task SendAsync(params Pdu[] pdus)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var pdu in pdus) PduWriter.Write(output, pdu);
        await SendBytesAsync(output.WrittenMemory);
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes).AsTask().WaitAsync(Patience);

    /// <summary>As <see cref="SendBytesAsync"/>, to a listener that may be closing the connection meanwhile.</summary>
    public async Task SendToClosingAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await SendBytesAsync(bytes);
        }
        catch (IOException)
        {
            // Closed: the next read tells
        }
    }

    /// <summary>Sends a command, and a data set if there is one, in a PDU each.</summary>
    public Task SendMessageAsync(byte contextId, byte[] command, byte[]? data = null) =>
        SendAsync(Message(contextId, command, data));

    public static Pdu[] Message(byte contextId, byte[] command, byte[]? data = null)
    {
        Pdu first = new Pdu.Data([new PresentationDataValue(contextId, true, true, command)]);
        return data is null ? [first] : [first, new Pdu.Data([new PresentationDataValue(contextId, false, true, data)])];
    }

    public static byte[] Echo(ushort messageId) =>
        new RequestCommand(DimseCommand.CEcho, VerificationService.SopClassUid).ToBytes(messageId, hasData: false);

    public static byte[] Find(ushort messageId) =>
        new RequestCommand(DimseCommand.CFind, ServiceStub.Worklist).ToBytes(messageId, hasData: true);

    public async Task EchoAsync(ushort messageId, byte contextId = 1)
    {
        await SendMessageAsync(contextId, Echo(messageId));
        var (command, _) = await ReceiveMessageAsync();
        Assert.Equal((ushort)0x8030, command.Field);
        Assert.Equal(messageId, command.MessageIdRespondedTo);
        Assert.Equal(DimseStatus.Success, command.Status);
    }

    public async Task ReleaseAsync()
    {
        await SendAsync(new Pdu.ReleaseRequest());
        Assert.IsType<Pdu.ReleaseResponse>(await ReceiveAsync());
    }

    /// <summary>The next PDU; null if the connection ends first.</summary>
    public async Task<Pdu?> ReceiveAsync()
    {
        while (true)
        {
            var input = new ReadOnlySequence<byte>(_received);
            if (PduReader.TryRead(ref input, 0, out var pdu))
            {
                _received = input.ToArray();
                return pdu;
            }
            var more = new byte[256 * 1024];
            int count;
            try
            {
                count = await _stream.ReadAsync(more).AsTask().WaitAsync(Patience);
            }
            catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
                return null;
            }
            if (count == 0) return null;
            _received = [.. _received, .. more.AsSpan(0, count)];
        }
    }

    /// <summary>The next whole DIMSE message.</summary>
    public async Task<(CommandSet Command, byte[] Data)> ReceiveMessageAsync()
    {
        while (true)
        {
            while (_values.TryDequeue(out var value))
            {
                if (_assembler.Add(value) is { } message) return (message.Command, message.Data.ToArray());
            }
            var data = Assert.IsType<Pdu.Data>(await ReceiveAsync());
            LongestData = Math.Max(LongestData, data.Values.Sum(v => 6 + v.Fragment.Length));
            foreach (var value in data.Values) _values.Enqueue(value);
        }
    }

    /// <summary>The longest variable field of a P-DATA-TF that came.</summary>
    public int LongestData { get; private set; }

    public async Task ExpectAbortAsync(AbortSource source, AbortReason reason)
    {
        var abort = Assert.IsType<Pdu.Abort>(await ReceiveAsync());
        Assert.Equal((source, reason), (abort.Source, abort.Reason));
    }

    public async Task ExpectEndAsync() => Assert.Null(await ReceiveAsync());

    /// <summary>Sends no more, and goes on reading.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
