namespace Gantry.Odbc.Reading;

/// <summary>Bytes of one long value, as they come from the driver; good until the reader goes on to another column or row.</summary>
internal sealed class ColumnStream(ColumnData data) : Stream
{
    private readonly int _version = data.Version;
    private int _at;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length of a value is not known before its end.");

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException("A value is read forwards only.");
    }

    public override int Read(Span<byte> buffer)
    {
        if (data.Version != _version) throw new InvalidOperationException("The reader has gone on; this value cannot be read any more.");
        if (buffer.IsEmpty) return 0;
        if (_at >= data.Piece.Length)
        {
            if (!data.Advance()) return 0;
            _at = 0;
        }
        int count = Math.Min(buffer.Length, data.Piece.Length - _at);
        data.Piece.Slice(_at, count).CopyTo(buffer);
        _at += count;
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A value is read forwards only.");

    public override void SetLength(long value) => throw new NotSupportedException("A value that was read cannot be changed.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A value that was read cannot be changed.");
}
