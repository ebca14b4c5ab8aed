namespace Gantry.Odbc.Reading;

/// <summary>
/// Reads some rows ahead, so that a reader changes threads once for many rows: first one, then twice as many each time, ending
/// early when they are large or slow to come.
/// </summary>
internal sealed class BufferedRows(RowReader reader, ResultColumn[] columns, bool single) : IRows
{
    private const int MostRows = 256;
    private const int MostCharacters = 128 * 1024;
    private const int MostMilliseconds = 20;

    private Cell[] _cells = new Cell[columns.Length];
    private int _wanted = 1;
    private int _count;
    private int _at = -1;
    private bool _isEnd;
    private OdbcException? _failure;

    public bool IsNextAtHand => _at + 1 < _count || _isEnd || _failure is not null;

    public Cell this[int ordinal] => _at >= 0 && _at < _count ? _cells[(_at * columns.Length) + ordinal]
        : throw new InvalidOperationException("There is no row here: call Read first, and mind what it returns.");

    public void Fill()
    {
        if (_cells.Length < _wanted * columns.Length) _cells = new Cell[_wanted * columns.Length];
        (_count, _at) = (0, -1);
        long begin = Environment.TickCount64;
        long characters = 0;
        try
        {
            while (_count < _wanted && characters < MostCharacters && (_count == 0 || Environment.TickCount64 - begin < MostMilliseconds))
            {
                if (!reader.Fetch())
                {
                    _isEnd = true;
                    return;
                }
                int start = _count * columns.Length;
                for (int ordinal = 0; ordinal < columns.Length; ordinal++)
                {
                    Cell cell = reader.Read(ordinal);
                    _cells[start + ordinal] = cell;
                    characters += (cell.Object as string)?.Length ?? (cell.Object as byte[])?.Length ?? 1;
                }
                _count++;
            }
        }
        catch (OdbcException failure) when (_count > 0)
        {
            // First the rows that did come
            _failure = failure;
        }
        if (!single) _wanted = Math.Min(_wanted * 2, MostRows);
    }

    public bool Next()
    {
        if (_at < _count) _at++;
        if (_at < _count) return true;
        if (_failure is null) return false;
        OdbcException failure = _failure;
        (_failure, _isEnd) = (null, true);
        throw failure;
    }

    public bool IsNull(int ordinal) => this[ordinal].IsNull;

    public Stream OpenBytes(int ordinal) => CellValues.ToObject(this[ordinal], columns[ordinal]) is byte[] bytes ? new MemoryStream(bytes, writable: false)
        : throw CellValues.Refused(columns[ordinal], this[ordinal].IsNull ? "is NULL" : "is not binary");

    public TextReader OpenText(int ordinal) => new StringReader(CellValues.ToText(this[ordinal], columns[ordinal]));
}
