using System.Globalization;
using Gantry.Odbc.Reading;

namespace Gantry.Odbc;

/// <summary>Values of the current row. What is not of the asked type is converted where nothing is lost, else refused by naming the column.</summary>
public sealed partial class OdbcDataReader
{
    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <inheritdoc/>
    public override string GetName(int ordinal) => _columns[ordinal].Name;

    /// <summary>The server's name of the column's type.</summary>
    public override string GetDataTypeName(int ordinal) =>
        _columns[ordinal].TypeName is { Length: > 0 } name ? name : _columns[ordinal].Type.ToString();

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => _columns[ordinal].FieldType;

    /// <summary>Position of a column by its name; exact, else without regard to case.</summary>
    /// <exception cref="IndexOutOfRangeException">The result has no such column; the message lists those it has.</exception>
    public override int GetOrdinal(string name)
    {
        if (_ordinals is null)
        {
            _ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            for (int index = 0; index < _columns.Length; index++) _ordinals.TryAdd(_columns[index].Name, index);
        }
        int exact = Array.FindIndex(_columns, column => column.Name == name);
        if (exact >= 0 || _ordinals.TryGetValue(name, out exact)) return exact;
#pragma warning disable CA2201 // DbDataReader's contract names this exception
        throw new IndexOutOfRangeException(
            $"The result has no column '{name}'. It has: {string.Join(", ", _columns.Select(static column => column.Name))}.");
#pragma warning restore CA2201
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Row.IsNull(ordinal);

    /// <summary>The value in the column's own type; DBNull for NULL.</summary>
    /// <exception cref="InvalidCastException">.NET cannot hold it (a date after 9999, a decimal of 38 digits): read it as text.</exception>
    public override object GetValue(int ordinal) => CellValues.ToObject(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        int count = Math.Min(values.Length, _columns.Length);
        for (int ordinal = 0; ordinal < count; ordinal++) values[ordinal] = GetValue(ordinal);
        return count;
    }

    /// <summary>
    /// The value as any type it can be read as without loss; besides the usual ones DateOnly, TimeOnly, DateTimeOffset, Stream
    /// and TextReader. Null for NULL where the type allows it.
    /// </summary>
    /// <exception cref="InvalidCastException">It cannot.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        if (typeof(T) == typeof(Stream)) return (T)(object)GetStream(ordinal);
        if (typeof(T) == typeof(TextReader)) return (T)(object)GetTextReader(ordinal);
        if (typeof(T) == typeof(object)) return (T)GetValue(ordinal);
        if (typeof(T) == typeof(string) && !Row.IsNull(ordinal)) return (T)(object)GetString(ordinal);
        return CellValues.To<T>(Row[ordinal], _columns[ordinal]);
    }

    /// <summary>The value as text; numbers, dates and times in invariant form.</summary>
    public override string GetString(int ordinal) => CellValues.ToText(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => CellValues.ToInt64(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => Within(ordinal, int.MinValue, int.MaxValue, static value => (int)value);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => Within(ordinal, short.MinValue, short.MaxValue, static value => (short)value);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => Within(ordinal, byte.MinValue, byte.MaxValue, static value => (byte)value);

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => CellValues.To<bool>(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => CellValues.To<decimal>(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => CellValues.To<double>(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => CellValues.To<float>(Row[ordinal], _columns[ordinal]);

    /// <summary>A date, or a date and time; of unspecified kind, as the server has no other.</summary>
    public override DateTime GetDateTime(int ordinal) => CellValues.To<DateTime>(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => CellValues.To<Guid>(Row[ordinal], _columns[ordinal]);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => CellValues.To<char>(Row[ordinal], _columns[ordinal]);

    /// <summary>A binary value; with sequential access straight from the driver, piece by piece.</summary>
    public override Stream GetStream(int ordinal) => Row.OpenBytes(ordinal);

    /// <summary>A text; with sequential access straight from the driver, piece by piece.</summary>
    public override TextReader GetTextReader(int ordinal) => Row.OpenText(ordinal);

    /// <summary>Copies bytes of a value. With sequential access forwards only, and each byte once.</summary>
    /// <returns>Bytes copied; without a buffer the value's length (not with sequential access).</returns>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        if (Row is SequentialRows rows && buffer is not null) return rows.CopyBytes(ordinal, dataOffset, buffer.AsSpan(bufferOffset, length));
        byte[] value = CellValues.To<byte[]>(Row[ordinal], _columns[ordinal]) ?? throw CellValues.Refused(_columns[ordinal], "is NULL");
        if (buffer is null) return value.Length;
        return Copy<byte>(value, dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    /// <inheritdoc cref="GetBytes"/>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        if (Row is SequentialRows rows && buffer is not null) return rows.CopyText(ordinal, dataOffset, buffer.AsSpan(bufferOffset, length));
        string value = GetString(ordinal);
        if (buffer is null) return value.Length;
        return Copy<char>(value, dataOffset, buffer.AsSpan(bufferOffset, length));
    }

    private IRows Row => _rows is null || _isPeeked
        ? throw new InvalidOperationException(_isClosed ? "The reader is closed." : "There is no row here: call Read first.") : _rows;

    private static int Copy<T>(ReadOnlySpan<T> value, long offset, Span<T> buffer)
    {
        if (offset < 0 || offset >= value.Length) return 0;
        value = value[(int)offset..];
        int count = Math.Min(value.Length, buffer.Length);
        value[..count].CopyTo(buffer);
        return count;
    }

    private T Within<T>(int ordinal, long least, long most, Func<long, T> narrow)
    {
        long value = GetInt64(ordinal);
        return value >= least && value <= most ? narrow(value)
            : throw CellValues.Refused(_columns[ordinal], string.Create(CultureInfo.InvariantCulture, $"is out of the range {least} to {most}"));
    }
}
