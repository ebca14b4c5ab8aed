using System.Buffers;

namespace Gantry.Dicom.Network;

/// <summary>
/// The pending responses of a C-FIND. A service writes an identifier's bytes, in the request's transfer syntax, and commits
/// them; they go straight into the send buffer and out with many others in one write.
/// </summary>
public sealed class FindResponses : IBufferWriter<byte>
{
    internal FindResponses() { }

    /// <summary>True once a C-CANCEL for this request has arrived: stop, and return status 0xFE00.</summary>
    public bool IsCancelled { get; }

    /// <summary>Responses committed so far.</summary>
    public long Count { get; }

    /// <inheritdoc/>
    public void Advance(int count) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => throw new NotImplementedException();

    /// <summary>Makes one pending response of what was written since the last commit or discard.</summary>
    /// <param name="status"><see cref="DimseStatus.Pending"/> or <see cref="DimseStatus.PendingWithWarnings"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another status.</exception>
    public void Commit(ushort status = DimseStatus.Pending) => throw new NotImplementedException();

    /// <summary>Forgets what was written since the last commit or discard.</summary>
    public void Discard() => throw new NotImplementedException();

    /// <summary>
    /// Call it after each commit. Returns completed while less than about 64 KB wait; then it sends, at the speed at which
    /// the peer reads, and looks whether a C-CANCEL has come.
    /// </summary>
    /// <exception cref="DicomNetworkException">The association has ended; let it pass.</exception>
    public ValueTask FlushIfFullAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
