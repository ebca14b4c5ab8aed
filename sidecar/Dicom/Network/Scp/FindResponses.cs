using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom.Network;

/// <summary>
/// The pending responses of a C-FIND. A service writes an identifier's bytes, in the request's transfer syntax, and commits
/// them; they go straight into the send buffer and out with many others in one write. It is the request's own: not to be
/// used after the service has returned, nor by two threads at once.
/// </summary>
public sealed class FindResponses : IBufferWriter<byte>
{
    // A response's bytes: | PDU header | value header, command set | value header | identifier |
    private const int PduHeaderLength = PduWriter.DataHeaderLength, ValueHeaderLength = PduWriter.ValueHeaderLength;
    private readonly ScpAssociation _association;
    private readonly SendBuffer _output;
    private byte[] _head = [];     // all before the identifier; the same for every response but for lengths and status
    private int _headLength;
    private byte _contextId;
    private int _limit;
    private int _start = -1;       // where the response being written begins; -1: none is
    private int _firstUnsent;      // where this request's responses begin
    private volatile bool _isCancelled;

    internal FindResponses(ScpAssociation association, SendBuffer output) => (_association, _output) = (association, output);

    /// <summary>True once a C-CANCEL for this request has arrived: stop, and return status 0xFE00.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>Responses committed so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public void Advance(int count) => _output.Advance(count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_start < 0) BeginResponse();
        return _output.GetMemory(sizeHint);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        if (_start < 0) BeginResponse();
        return _output.GetSpan(sizeHint);
    }

    /// <summary>Makes one pending response of what was written since the last commit or discard.</summary>
    /// <param name="status"><see cref="DimseStatus.Pending"/> or <see cref="DimseStatus.PendingWithWarnings"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another status.</exception>
    /// <exception cref="InvalidOperationException">Nothing was written.</exception>
    public void Commit(ushort status = DimseStatus.Pending)
    {
        if (!DimseStatus.IsPending(status))
            throw new ArgumentOutOfRangeException(nameof(status), status, "A response with an identifier is pending.");
        if (_start < 0) throw new InvalidOperationException("A pending response needs an identifier.");
        var response = _output.WrittenSpan[_start..];
        var variableField = response.Length - PduHeaderLength;
        // The status is the command set's last two bytes
        BinaryPrimitives.WriteUInt16LittleEndian(response[(_headLength - ValueHeaderLength - 2)..], status);
        if (variableField <= _limit)
        {
            PduWriter.WriteDataHeader(response, variableField);
            PduWriter.WriteValueHeader(
                response[(_headLength - ValueHeaderLength)..], _contextId, isCommand: false, isLast: true,
                response.Length - _headLength);
        }
        else
        {
            Fragment(response);
        }
        _start = -1;
        Count++;
    }

    /// <summary>Forgets what was written since the last commit or discard.</summary>
    public void Discard()
    {
        if (_start < 0) return;
        _output.Truncate(_start);
        _start = -1;
    }

    /// <summary>
    /// Call it after each commit. Returns completed while less than about 64 KB wait; then it sends, at the speed at which
    /// the peer reads, and looks whether a C-CANCEL has come.
    /// </summary>
    /// <exception cref="DicomNetworkException">The association has ended; let it pass.</exception>
    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken)
    {
        if (_output.Length < SendBuffer.FullLength) return default;
        if (_start >= 0) throw new InvalidOperationException("Commit or discard what was written before flushing.");
        cancellationToken.ThrowIfCancellationRequested();
        return _association.SendPendingAsync(this);
    }

    internal void Begin(DimseRequest request, int limit)
    {
        (_contextId, _limit, _isCancelled) = (request.ContextId, limit, false);
        (_start, _firstUnsent, Count) = (-1, _output.Length, 0);
        BuildHead(request);
    }

    internal void End(bool isUnwanted)
    {
        Discard();
        if (isUnwanted) DropUnsent();
        _association.CountPending(Count);
        if (_head.Length > 0) ArrayPool<byte>.Shared.Return(_head);
        _head = [];
    }

    internal void Cancel() => _isCancelled = true;

    internal void Sent()
    {
        _output.Truncate(0);
        _firstUnsent = 0;
    }

    internal void DropUnsent() => _output.Truncate(_firstUnsent);

    private void BuildHead(DimseRequest request)
    {
        // C-FIND-RSP, PS3.7 Table 9.3-4
        _head = ArrayPool<byte>.Shared.Rent(256 + request.SopClassUid.Length);
        var writer = new CommandWriter(_head.AsSpan(PduHeaderLength + ValueHeaderLength));
        writer.Uid(0x0002, request.SopClassUid);
        writer.UInt16(0x0100, (ushort)DimseCommand.CFind | 0x8000);
        writer.UInt16(0x0120, request.MessageId);
        writer.UInt16(0x0800, CommandSet.WithDataSet);
        writer.UInt16(0x0900, DimseStatus.Pending);
        var command = writer.Finish();
        PduWriter.WriteValueHeader(_head.AsSpan(PduHeaderLength), _contextId, isCommand: true, isLast: true, command.Length);
        _headLength = PduHeaderLength + ValueHeaderLength + command.Length + ValueHeaderLength;
    }

    private void BeginResponse()
    {
        _start = _output.Length;
        _head.AsSpan(0, _headLength).CopyTo(_output.GetSpan(_headLength));
        _output.Advance(_headLength);
    }

    // The peer takes less in one PDU: the same bytes again, in pieces
    private void Fragment(ReadOnlySpan<byte> response)
    {
        var copy = ArrayPool<byte>.Shared.Rent(response.Length);
        response.CopyTo(copy);
        var command = copy.AsSpan(PduHeaderLength + ValueHeaderLength, _headLength - PduHeaderLength - 2 * ValueHeaderLength);
        var identifier = copy.AsSpan(_headLength, response.Length - _headLength);
        _output.Truncate(_start);
        MessageWriter.Write(_output, _contextId, _limit, command, identifier, hasData: true);
        ArrayPool<byte>.Shared.Return(copy);
    }
}
