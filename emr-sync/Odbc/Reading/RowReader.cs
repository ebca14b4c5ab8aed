using System.Buffers;
using System.Globalization;
using System.Text;
using Gantry.Odbc.Native;

namespace Gantry.Odbc.Reading;

/// <summary>Fetches rows and turns what the driver gives into cells.</summary>
internal sealed class RowReader(StatementHandle statement, ResultColumn[] columns)
{
    private static readonly Cell[] Booleans = [new(0, null), new(1, null)];

    /// <summary>The value being read; streams over it are only good until the next one.</summary>
    public ColumnData Data { get; } = new(statement);

    /// <returns>False behind the last row.</returns>
    public bool Fetch()
    {
        Data.Forget();
        SqlReturn code = OdbcFunctions.SQLFetch(statement);
        if (code == SqlReturn.NoData) return false;
        return code.IsSuccess() ? true : throw Diagnostics.Failure("Reading a row", statement);
    }

    /// <summary>Reads a column of the row; columns have to be read from left to right.</summary>
    public Cell Read(int ordinal)
    {
        try
        {
            return ReadValue(ordinal, columns[ordinal].Kind);
        }
        catch (OdbcException failure) when (failure.SqlState is ['2', '2', ..] or "07006")
        {
            // Class 22: this value cannot be converted. The rest of the row can be read
            return Cell.Of(new Unreadable($"holds a value that the driver cannot convert ({failure.SqlState})"));
        }
    }

    private Cell ReadValue(int ordinal, ColumnKind kind)
    {
        switch (kind)
        {
            case ColumnKind.Boolean:
                return Data.Fixed(ordinal, CType.Bit, out byte flag) ? Booleans[flag == 0 ? 0 : 1] : Cell.Null;
            case ColumnKind.Byte or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64:
                return Data.Fixed(ordinal, CType.Int64, out long number) ? new Cell(number, null) : Cell.Null;
            case ColumnKind.Single:
                return Data.Fixed(ordinal, CType.Single, out float single) ? new Cell(BitConverter.SingleToInt32Bits(single), null) : Cell.Null;
            case ColumnKind.Double:
                return Data.Fixed(ordinal, CType.Double, out double real) ? new Cell(BitConverter.DoubleToInt64Bits(real), null) : Cell.Null;
            case ColumnKind.Date:
                return Data.Fixed(ordinal, CType.Date, out SqlDate date) ? date.ToCell() : Cell.Null;
            case ColumnKind.Timestamp:
                return Data.Fixed(ordinal, CType.Timestamp, out SqlTimestamp timestamp) ? timestamp.ToCell() : Cell.Null;
            case ColumnKind.Decimal:
                return Data.Start(ordinal, CType.Char) ? Number(Data.Piece) : Cell.Null;
            case ColumnKind.Time:
                return Data.Start(ordinal, CType.WChar) ? Time(Data.TextPiece) : Cell.Null;
            case ColumnKind.TimestampOffset:
                return Data.Start(ordinal, CType.WChar) ? TimeWithOffset(Data.TextPiece) : Cell.Null;
            case ColumnKind.Guid:
                return Data.Start(ordinal, CType.WChar) ? Id(Data.TextPiece) : Cell.Null;
            case ColumnKind.Text:
                return Data.Start(ordinal, CType.WChar) ? Cell.Of(RestOfText(Data)) : Cell.Null;
            case ColumnKind.Binary:
                return Data.Start(ordinal, CType.Binary) ? Cell.Of(RestOfBytes(Data)) : Cell.Null;
            default:
                throw new InvalidOperationException($"Column kind {kind} is not known.");
        }
    }

    /// <summary>The piece at hand and all that follow.</summary>
    public static string RestOfText(ColumnData data)
    {
        string first = new(data.TextPiece);
        if (!data.Advance()) return first;
        var text = new StringBuilder(first, first.Length * 4);
        do text.Append(data.TextPiece);
        while (data.Advance());
        return text.ToString();
    }

    /// <inheritdoc cref="RestOfText"/>
    public static byte[] RestOfBytes(ColumnData data)
    {
        byte[] first = data.Piece.ToArray();
        if (!data.Advance()) return first;
        var bytes = new ArrayBufferWriter<byte>(first.Length * 4);
        bytes.Write(first);
        do bytes.Write(data.Piece);
        while (data.Advance());
        return bytes.WrittenSpan.ToArray();
    }

    private static Cell Number(ReadOnlySpan<byte> digits)
    {
        digits = digits.Trim((byte)' ');
        bool isNumber = decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value);
        return Cell.Of(isNumber ? (object)value
            : new Unreadable("holds a number that a decimal cannot hold; read it as text", Encoding.ASCII.GetString(digits)));
    }

    private static Cell Time(ReadOnlySpan<char> text)
    {
        // PostgreSQL's time with time zone carries an offset, which a time of day cannot
        bool isTime = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time);
        return isTime ? new Cell(time.Ticks, null) : Cell.Of(new Unreadable("holds no time of day; read it as text", text.ToString()));
    }

    private static Cell TimeWithOffset(ReadOnlySpan<char> text)
    {
        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        return Cell.Of(isTime ? (object)time : new Unreadable("holds no time with an offset; read it as text", text.ToString()));
    }

    private static Cell Id(ReadOnlySpan<char> text) =>
        Cell.Of(Guid.TryParse(text, out Guid id) ? (object)id : new Unreadable("holds no uniqueidentifier; read it as text", text.ToString()));
}
