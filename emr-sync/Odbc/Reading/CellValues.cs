using System.Globalization;

namespace Gantry.Odbc.Reading;

/// <summary>Turns cells into the .NET types they are asked for; what is not of that type is converted without loss or refused.</summary>
internal static class CellValues
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    /// <summary>The value in the column's own type.</summary>
    /// <exception cref="InvalidCastException">.NET cannot hold it.</exception>
    public static object ToObject(in Cell cell, ResultColumn column)
    {
        if (cell.Object is Unreadable unreadable) throw Refused(column, unreadable.Why);
        if (cell.Object is { } value) return value;
        return column.Kind switch
        {
            ColumnKind.Boolean => cell.Bits != 0,
            ColumnKind.Byte when cell.Bits is >= byte.MinValue and <= byte.MaxValue => (byte)cell.Bits,
            ColumnKind.Int16 when cell.Bits is >= short.MinValue and <= short.MaxValue => (short)cell.Bits,
            ColumnKind.Int32 when cell.Bits is >= int.MinValue and <= int.MaxValue => (int)cell.Bits,
            // SQLite calls its 64 bits "integer" too
            ColumnKind.Byte or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => cell.Bits,
            ColumnKind.Single => BitConverter.Int32BitsToSingle((int)cell.Bits),
            ColumnKind.Double => BitConverter.Int64BitsToDouble(cell.Bits),
            ColumnKind.Date or ColumnKind.Timestamp => new DateTime(cell.Bits),
            ColumnKind.Time => new TimeSpan(cell.Bits),
            ColumnKind.Decimal or ColumnKind.Text or ColumnKind.Binary or ColumnKind.TimestampOffset or ColumnKind.Guid => DBNull.Value,
        };
    }

    /// <summary>The value as a number of 64 bits.</summary>
    /// <exception cref="InvalidCastException">It is NULL or no whole number.</exception>
    public static long ToInt64(in Cell cell, ResultColumn column)
    {
        if (cell.Object is null && column.Kind is ColumnKind.Byte or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64) return cell.Bits;
        return ToObject(cell, column) switch
        {
            decimal value when value == decimal.Truncate(value) => (long)value,
            double value when value == Math.Truncate(value) && Math.Abs(value) < 1L << 53 => (long)value,
            float value when value == MathF.Truncate(value) && Math.Abs(value) < 1 << 24 => (long)value,
            bool value => value ? 1 : 0,
            string text when long.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) => value,
            DBNull => throw Refused(column, "is NULL"),
            _ => throw Refused(column, "is no whole number"),
        };
    }

    /// <summary>The value as text, in invariant form.</summary>
    /// <exception cref="InvalidCastException">It is NULL or binary.</exception>
    public static string ToText(in Cell cell, ResultColumn column)
    {
        if (cell.Object is string text) return text;
        if (cell.Object is Unreadable { Text: { } raw }) return raw;
        return ToObject(cell, column) switch
        {
            DBNull => throw Refused(column, "is NULL"),
            byte[] => throw Refused(column, "is binary, not text"),
            DateTime date when column.Kind == ColumnKind.Date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
            DateTimeOffset time => time.ToString(TimeFormat + " zzz", CultureInfo.InvariantCulture),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString() ?? "",
        };
    }

    /// <summary>The value as a <typeparamref name="T"/>: its own type, or one that servers without that type keep it in.</summary>
    public static T To<T>(in Cell cell, ResultColumn column)
    {
        object value = ToObject(cell, column);
        if (value is T same) return same;
        object? converted = value switch
        {
            DBNull => default(T) is null ? null : throw Refused(column, "is NULL"),
            DateTime time when typeof(T) == typeof(DateOnly) => DateOnly.FromDateTime(time),
            DateTime time when typeof(T) == typeof(TimeOnly) => TimeOnly.FromDateTime(time),
            DateTime time when typeof(T) == typeof(DateTimeOffset) => new DateTimeOffset(time, TimeSpan.Zero),
            DateTimeOffset time when typeof(T) == typeof(DateTime) => time.UtcDateTime,
            TimeSpan time when typeof(T) == typeof(TimeOnly) => TimeOnly.FromTimeSpan(time),
            string text => Parse(text.Trim(), typeof(T), column),
            IConvertible number when typeof(T).IsPrimitive || typeof(T) == typeof(decimal) || typeof(T) == typeof(string) =>
                Change(number, typeof(T), column),
            _ => throw Refused(column, $"cannot be read as {typeof(T).Name}"),
        };
        return (T)converted!;
    }

    public static InvalidCastException Refused(ResultColumn column, string why) =>
        new($"Column '{column.Name}' ({(column.TypeName.Length > 0 ? column.TypeName : column.Type.ToString())}) {why}.");

    private static object Parse(string text, Type type, ResultColumn column)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (type == typeof(Guid) && Guid.TryParse(text, out Guid id)) return id;
        if (type == typeof(DateTime) && DateTime.TryParse(text, invariant, out DateTime time)) return time;
        if (type == typeof(DateOnly) && DateTime.TryParse(text, invariant, out DateTime date)) return DateOnly.FromDateTime(date);
        if (type == typeof(TimeSpan) && TimeSpan.TryParse(text, invariant, out TimeSpan span)) return span;
        if (type == typeof(TimeOnly) && TimeOnly.TryParse(text, invariant, out TimeOnly day)) return day;
        if (type == typeof(DateTimeOffset) && DateTimeOffset.TryParse(text, invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset offset))
            return offset;
        if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, invariant, out decimal number)) return number;
        if (type == typeof(bool) && text is "1" or "0") return text == "1";
        return Change(text, type, column);
    }

    private static object Change(IConvertible value, Type type, ResultColumn column)
    {
        try
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception reason) when (reason is FormatException or OverflowException or InvalidCastException)
        {
            throw Refused(column, $"cannot be read as {type.Name}");
        }
    }
}
