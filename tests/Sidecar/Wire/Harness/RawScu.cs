using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>
/// A client that can say what a well-behaved one cannot: any command set, any bytes as data set, a C-CANCEL whenever it
/// likes. Each read gives up after <see cref="Patience"/>.
/// </summary>
internal sealed class RawScu : IAsyncDisposable
{
    public const string Worklist = "1.2.840.10008.5.1.4.31";
    public const string Mpps = "1.2.840.10008.3.1.2.3.3";
    public const string MppsRetrieve = "1.2.840.10008.3.1.2.3.4";
    public const string Verification = "1.2.840.10008.1.1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _connection = new();
    private readonly Queue<PresentationDataValue> _values = new();
    private PipeReader _reader = null!;
    private NetworkStream _stream = null!;
    private int _lastMessageId;

    /// <summary>The answer to the A-ASSOCIATE-RQ.</summary>
    public AssociateParameters Accepted { get; private set; } = null!;

    /// <summary>Proposes one context (1, 3, 5 ...) for each SOP class, with these transfer syntaxes.</summary>
    public static Task<RawScu> ConnectAsync(IPEndPoint scp, TransferSyntax syntax, params IReadOnlyList<string> sopClasses) =>
        ConnectAsync(scp, [.. sopClasses.Select((sopClass, i) =>
            new PresentationContext((byte)(2 * i + 1), sopClass, [syntax.Uid]))]);

    public static async Task<RawScu> ConnectAsync(
        IPEndPoint scp, IReadOnlyList<PresentationContext> contexts, string callingAeTitle = "MODALITY", uint maximumLength = 16384)
    {
        var scu = new RawScu();
        await scu._connection.ConnectAsync(scp);
        scu._connection.NoDelay = true;
        scu._stream = scu._connection.GetStream();
        scu._reader = PipeReader.Create(scu._stream);
        await scu.SendAsync(new Pdu.AssociateRequest(new AssociateParameters
        {
            CalledAeTitle = "WORKLISTS",
            CallingAeTitle = callingAeTitle,
            PresentationContexts = contexts,
            MaximumLength = maximumLength,
            ImplementationClassUid = "1.2.3.4",
        }));
        scu.Accepted = Assert.IsType<Pdu.AssociateAccept>(await scu.ReadPduAsync()).Parameters;
        return scu;
    }

    public int NextMessageId() => ++_lastMessageId;

    public async Task SendAsync(Pdu pdu)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PduWriter.Write(bytes, pdu);
        await _stream.WriteAsync(bytes.WrittenMemory);
    }

    /// <summary>Sends a message; each part in fragments of at most this many bytes.</summary>
    public async Task SendAsync(RawCommand command, byte[]? data = null, byte contextId = 1, int fragment = 16000)
    {
        command.UInt16(0x0800, data is null ? 0x0101 : 0x0001);
        foreach (var pdu in Fragments(command.ToBytes(), contextId, isCommand: true, fragment)) await SendAsync(pdu);
        if (data is null) return;
        foreach (var pdu in Fragments(data, contextId, isCommand: false, fragment)) await SendAsync(pdu);
    }

    /// <summary>C-FIND of a data set, to its final response.</summary>
    public async Task<RawFind> FindAsync(DicomDataset identifier, byte contextId = 1)
    {
        await SendFindAsync(identifier.ToBytes(SyntaxOf(contextId)), contextId);
        return await ReadFindAsync();
    }

    /// <summary>Sends a C-FIND; returns its message id.</summary>
    public async Task<int> SendFindAsync(byte[]? identifier, byte contextId = 1, string sopClass = Worklist)
    {
        var id = NextMessageId();
        await SendAsync(
            new RawCommand().Text(0x0002, sopClass).UInt16(0x0100, 0x0020).UInt16(0x0110, id).UInt16(0x0700, 0), identifier, contextId);
        return id;
    }

    public async Task<RawFind> ReadFindAsync()
    {
        var pending = new List<RawResponse>();
        while (true)
        {
            var response = await ReadResponseAsync();
            if (response.Status is not (0xFF00 or 0xFF01)) return new RawFind(pending, response);
            pending.Add(response);
        }
    }

    public Task CancelAsync(int messageId, byte contextId = 1) =>
        SendAsync(new RawCommand().UInt16(0x0100, 0x0FFF).UInt16(0x0120, messageId), contextId: contextId);

    public async Task<RawResponse> EchoAsync(byte contextId = 1)
    {
        await SendAsync(new RawCommand().Text(0x0002, Verification).UInt16(0x0100, 0x0030).UInt16(0x0110, NextMessageId()), contextId: contextId);
        return await ReadResponseAsync();
    }

    /// <summary>N-CREATE, N-SET or N-GET by their command field, with whatever UIDs are given.</summary>
    public async Task<RawResponse> RequestAsync(
        int commandField, string? sopClass, string? sopInstance, byte[]? data = null, byte contextId = 1, params DicomTag[] attributes)
    {
        var isCreate = commandField == 0x0140;
        var command = new RawCommand().UInt16(0x0100, commandField).UInt16(0x0110, NextMessageId());
        if (sopClass is not null) command.Text((ushort)(isCreate ? 0x0002 : 0x0003), sopClass);
        if (sopInstance is not null) command.Text((ushort)(isCreate ? 0x1000 : 0x1001), sopInstance);
        if (attributes.Length > 0) command.Tags(0x1005, attributes);
        await SendAsync(command, data, contextId);
        return await ReadResponseAsync();
    }

    public async Task<RawResponse> ReadResponseAsync()
    {
        var command = RawCommand.Read(await ReadPartAsync(isCommand: true));
        Assert.True((command.UInt16Of(0x0100) & 0x8000) != 0, "a response was expected");
        var data = command.UInt16Of(0x0800) == 0x0101 ? null : await ReadPartAsync(isCommand: false);
        return new RawResponse(command, data, SyntaxOf(_lastContextId));
    }

    public async Task ReleaseAsync()
    {
        await SendAsync(new Pdu.ReleaseRequest());
        Assert.IsType<Pdu.ReleaseResponse>(await ReadPduAsync());
    }

    /// <summary>The next PDU; fails if the connection ends.</summary>
    public async Task<Pdu> ReadPduAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var read = await _reader.ReadAsync(patience.Token);
            var input = read.Buffer;
            if (PduReader.TryRead(ref input, 1 << 24, out var pdu))
            {
                if (pdu is Pdu.Data data) // its bytes go with the buffer
                    pdu = new Pdu.Data([.. data.Values.Select(value => value with { Fragment = value.Fragment.ToArray() })]);
                _reader.AdvanceTo(input.Start);
                return pdu;
            }

            _reader.AdvanceTo(input.Start, input.End);
            Assert.False(read.IsCompleted, "the connection was closed");
        }
    }

    public ValueTask DisposeAsync()
    {
        _connection.Dispose();
        return default;
    }

    private byte _lastContextId = 1;

    private TransferSyntax SyntaxOf(byte contextId) =>
        TransferSyntax.FromUid(Accepted.PresentationContexts.First(context => context.Id == contextId).TransferSyntaxes[0]);

    private async Task<byte[]> ReadPartAsync(bool isCommand)
    {
        var part = new List<byte>();
        while (true)
        {
            while (_values.Count == 0)
                foreach (var value in Assert.IsType<Pdu.Data>(await ReadPduAsync()).Values) _values.Enqueue(value);
            var next = _values.Dequeue();
            Assert.Equal(isCommand, next.IsCommand);
            part.AddRange(next.Fragment.Span);
            _lastContextId = next.ContextId;
            if (next.IsLast) return [.. part];
        }
    }

    private static IEnumerable<Pdu> Fragments(byte[] bytes, byte contextId, bool isCommand, int fragment)
    {
        for (var at = 0; at == 0 || at < bytes.Length; at += fragment)
        {
            var length = Math.Min(fragment, bytes.Length - at);
            yield return new Pdu.Data(
                [new PresentationDataValue(contextId, isCommand, at + length >= bytes.Length, bytes.AsMemory(at, length))]);
        }
    }
}
