namespace Orthanc.Net.Tests;

/// <summary>A stream that does not know its length, and may break off.</summary>
internal sealed class OneWayStream(Stream source) : Stream
{
    private long _read;

    public long BreaksAt { get; init; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, Math.Min(count, 10_000));
        _read += read;
        return _read <= BreaksAt ? read : throw new EndOfStreamException("The caller's file is cut short.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
