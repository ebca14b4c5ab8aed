using System.Runtime.InteropServices;
using Gantry.Odbc.Native;

namespace Gantry.Odbc.Reading;

/// <summary>
/// One value in pieces as SQLGetData gives them: texts in UTF-16 units, so that no character set is ever cut in the middle of
/// a character (odbc-facts 4), and bytes. Reused for value after value.
/// </summary>
internal sealed unsafe class ColumnData(StatementHandle statement)
{
    private const int Capacity = 8192;
    private const char Untouched = '\uFFFF';
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Capacity, pinned: true);
    private CType _type;
    private int _length;
    private bool _isComplete = true;

    /// <summary>Column the pieces belong to, from 0; -1 when none is open.</summary>
    public int Ordinal { get; private set; } = -1;

    /// <summary>Counts the values; a stream compares it to know that its value has gone by.</summary>
    public int Version { get; private set; }

    /// <summary>The piece at hand.</summary>
    public ReadOnlySpan<byte> Piece => _buffer.AsSpan(0, _length);

    public ReadOnlySpan<char> TextPiece => MemoryMarshal.Cast<byte, char>(Piece);

    public void Forget()
    {
        Ordinal = -1;
        Version++;
        _isComplete = true;
    }

    /// <summary>Opens a column's value and gets its first piece.</summary>
    /// <returns>False for NULL.</returns>
    public bool Start(int ordinal, CType type)
    {
        Ordinal = ordinal;
        Version++;
        _type = type;
        return Get();
    }

    /// <summary>Gets the next piece.</summary>
    /// <returns>False at the end.</returns>
    public bool Advance() => !_isComplete && Get() && _length > 0;

    /// <summary>Reads a value of fixed size.</summary>
    /// <returns>False for NULL.</returns>
    public bool Fixed<T>(int ordinal, CType type, out T value)
        where T : unmanaged
    {
        value = default;
        SqlReturn code;
        nint indicator;
        fixed (T* at = &value) code = OdbcFunctions.SQLGetData(statement, (ushort)(ordinal + 1), type, at, sizeof(T), out indicator);
        if (!code.IsSuccess()) throw Diagnostics.Failure($"Reading column {ordinal + 1}", statement);
        return indicator != Indicator.Null;
    }

    private bool Get()
    {
        bool isText = _type == CType.WChar;
        int room = _type == CType.Binary ? Capacity : Capacity - (isText ? sizeof(char) : 1);
        Span<char> units = MemoryMarshal.Cast<byte, char>(_buffer.AsSpan());
        if (isText) units[^1] = units[^2] = Untouched;
        SqlReturn code;
        nint indicator;
        fixed (byte* at = _buffer)
            code = OdbcFunctions.SQLGetData(statement, (ushort)(Ordinal + 1), _type, at, Capacity, out indicator);
        _length = 0;
        _isComplete = true;
        if (code == SqlReturn.NoData) return false;
        if (!code.IsSuccess()) throw Diagnostics.Failure($"Reading column {Ordinal + 1}", statement);
        if (indicator == Indicator.Null) return false;
        if (indicator >= 0 && indicator <= room)
        {
            _length = isText ? (int)indicator & ~1 : (int)indicator;
            return true;
        }
        // More is to come. A driver that will not part a surrogate pair leaves the last unit free
        _length = isText && units[^1] == Untouched && units[^2] == '\0' ? room - sizeof(char) : room;
        _isComplete = false;
        return true;
    }
}
