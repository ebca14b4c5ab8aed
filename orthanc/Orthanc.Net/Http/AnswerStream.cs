namespace Orthanc.Net;

/// <summary>
/// The body of an answer, read while it arrives. Standstill, a broken connection and a body over the limit become errors of
/// <see cref="OrthancException"/>.
/// </summary>
internal sealed class AnswerStream(Stream body, OrthancCall call, TimeSpan readTimeout, long maximumLength) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var stopped = cancellationToken.CanBeCanceled && cancellationToken != call.Token
            ? CancellationTokenSource.CreateLinkedTokenSource(call.Token, cancellationToken)
            : null;
        try
        {
            call.Enter(OrthancPhase.Read, readTimeout);
            var count = await body.ReadAsync(buffer, stopped?.Token ?? call.Token).ConfigureAwait(false);
            call.Pause();
            _read += count;
            return _read <= maximumLength ? count : throw TooLong(call.Request, maximumLength);
        }
        catch (Exception failure) when (call.Translate(failure, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An answer of Orthanc is read with ReadAsync.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public static OrthancFormatException TooLong(OrthancRequest request, long maximumLength) =>
        new(request, $"the answer is longer than the {maximumLength} bytes that are read into memory.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
