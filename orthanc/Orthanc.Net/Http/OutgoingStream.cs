using System.Buffers;
using System.Net;

namespace Orthanc.Net;

/// <summary>A request body that is read from a stream while it is sent. Knows when the last byte has gone.</summary>
internal sealed class OutgoingStream : HttpContent
{
    private const int BlockLength = 64 * 1024;

    private readonly Stream _source;
    private readonly OrthancCall _call;
    private readonly OrthancClientOptions _options;
    private readonly TimeSpan _answerTimeout;

    public OutgoingStream(Stream source, OrthancCall call, OrthancClientOptions options, TimeSpan answerTimeout)
    {
        (_source, _call, _options, _answerTimeout) = (source, call, options, answerTimeout);
        call.Enter(OrthancPhase.Send, options.SendTimeout);
    }

    /// <summary>What the caller's own stream threw, which is not Orthanc's fault.</summary>
    public Exception? SourceFailure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            while (await ReadSourceAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                _call.Enter(OrthancPhase.Send, _options.SendTimeout);
                await stream.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
            _call.Enter(OrthancPhase.Send, _options.SendTimeout);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            _call.Enter(OrthancPhase.AwaitReply, _answerTimeout);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Orthanc's server wants a length where there is one; chunks otherwise.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = _source.CanSeek ? _source.Length - _source.Position : 0;
        return _source.CanSeek;
    }

    private async ValueTask<int> ReadSourceAsync(byte[] block, CancellationToken cancellationToken)
    {
        _call.Pause();
        try
        {
            return await _source.ReadAsync(block.AsMemory(0, BlockLength), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            SourceFailure = failure;
            throw;
        }
    }
}
