namespace Gantry.Odbc.Reading;

/// <summary>Text of one long value, as it comes from the driver; good until the reader goes on to another column or row.</summary>
internal sealed class ColumnTextReader(ColumnData data) : TextReader
{
    private readonly int _version = data.Version;
    private int _at;

    public override int Peek() => Ensure() ? data.TextPiece[_at] : -1;

    public override int Read() => Ensure() ? data.TextPiece[_at++] : -1;

    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Ensure()) return 0;
        int count = Math.Min(buffer.Length, data.TextPiece.Length - _at);
        data.TextPiece.Slice(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    private bool Ensure()
    {
        if (data.Version != _version) throw new InvalidOperationException("The reader has gone on; this value cannot be read any more.");
        if (_at < data.TextPiece.Length) return true;
        if (!data.Advance()) return false;
        _at = 0;
        return true;
    }
}
