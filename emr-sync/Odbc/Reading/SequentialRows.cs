namespace Gantry.Odbc.Reading;

/// <summary>One row at a time, each column read when it is asked for, from left to right; long values as streams.</summary>
internal sealed class SequentialRows(RowReader reader, ResultColumn[] columns) : IRows
{
    private const int None = -1;
    private bool _isFetched;
    private bool _hasRow;
    private int _ordinal = None;
    private bool _isOpen;
    private Cell? _cell;
    private ColumnStream? _bytes;
    private ColumnTextReader? _text;
    private long _position;

    public bool IsNextAtHand => _isFetched;

    public Cell this[int ordinal]
    {
        get
        {
            if (ordinal == _ordinal && _cell is { } read) return read;
            if (ordinal == _ordinal && _isOpen)
            {
                // Opened by IsNull or begun as a stream
                _cell = columns[ordinal].Kind == ColumnKind.Text ? Cell.Of(RowReader.RestOfText(reader.Data)) : Cell.Of(RowReader.RestOfBytes(reader.Data));
                _isOpen = false;
                return _cell.Value;
            }
            MoveTo(ordinal);
            _cell = reader.Read(ordinal);
            return _cell.Value;
        }
    }

    public void Fill()
    {
        _hasRow = false;
        _hasRow = reader.Fetch();
        _isFetched = true;
    }

    public bool Next()
    {
        (_ordinal, _isOpen, _cell, _bytes, _text) = (None, false, null, null, null);
        // Behind the last row it stays so
        if (_hasRow) _isFetched = false;
        return _hasRow;
    }

    public bool IsNull(int ordinal)
    {
        if (columns[ordinal].Kind is not (ColumnKind.Text or ColumnKind.Binary)) return this[ordinal].IsNull;
        if (ordinal != _ordinal) Open(ordinal);
        return _cell is { IsNull: true };
    }

    public Stream OpenBytes(int ordinal)
    {
        if (columns[ordinal].Kind != ColumnKind.Binary) throw CellValues.Refused(columns[ordinal], "is not binary");
        OpenOrRefuse(ordinal);
        return new ColumnStream(reader.Data);
    }

    public TextReader OpenText(int ordinal)
    {
        if (columns[ordinal].Kind != ColumnKind.Text) return new StringReader(CellValues.ToText(this[ordinal], columns[ordinal]));
        OpenOrRefuse(ordinal);
        return new ColumnTextReader(reader.Data);
    }

    /// <summary>GetBytes: forwards only.</summary>
    public int CopyBytes(int ordinal, long offset, Span<byte> target)
    {
        _bytes = _ordinal == ordinal && _bytes is not null ? _bytes : (ColumnStream)OpenBytes(ordinal);
        Skip(ordinal, offset, static (rows, count) => rows._bytes!.Read(new byte[count]));
        int copied = _bytes.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        _position += copied;
        return copied;
    }

    /// <summary>GetChars: forwards only.</summary>
    public int CopyText(int ordinal, long offset, Span<char> target)
    {
        _text = _ordinal == ordinal && _text is not null ? _text : OpenText(ordinal) as ColumnTextReader
            ?? throw CellValues.Refused(columns[ordinal], "is no text");
        Skip(ordinal, offset, static (rows, count) => rows._text!.Read(new char[count]));
        int copied = _text.ReadBlock(target);
        _position += copied;
        return copied;
    }

    private void Skip(int ordinal, long offset, Func<SequentialRows, int, int> read)
    {
        const int Step = 4096;
        if (offset < _position)
            throw new InvalidOperationException($"Column '{columns[ordinal].Name}': with sequential access a value is read forwards only.");
        while (_position < offset)
        {
            int skipped = read(this, (int)Math.Min(Step, offset - _position));
            if (skipped == 0) return;
            _position += skipped;
        }
    }

    private void OpenOrRefuse(int ordinal)
    {
        if (IsNull(ordinal)) throw CellValues.Refused(columns[ordinal], "is NULL");
        if (!_isOpen) throw new InvalidOperationException($"Column '{columns[ordinal].Name}' has been read already (sequential access).");
    }

    private void Open(int ordinal)
    {
        MoveTo(ordinal);
        _isOpen = reader.Data.Start(ordinal, columns[ordinal].Kind == ColumnKind.Text ? Native.CType.WChar : Native.CType.Binary);
        if (!_isOpen) _cell = Cell.Null;
    }

    private void MoveTo(int ordinal)
    {
        if (!_hasRow || _isFetched) throw new InvalidOperationException("There is no row here: call Read first, and mind what it returns.");
        if (ordinal <= _ordinal)
        {
            throw new InvalidOperationException(
                $"Column '{columns[ordinal].Name}' lies before '{columns[_ordinal].Name}'; with sequential access columns are read from left to right.");
        }
        (_ordinal, _isOpen, _cell, _bytes, _text, _position) = (ordinal, false, null, null, null, 0);
    }
}
