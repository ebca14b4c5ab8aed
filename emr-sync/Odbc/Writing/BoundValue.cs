using System.Data;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Gantry.Odbc.Native;

namespace Gantry.Odbc.Writing;

/// <summary>
/// A parameter's value in the form the driver is given: the least that all drivers understand. What a driver may lack
/// (uniqueidentifier, datetimeoffset, fractions in a time) goes as Unicode text, which servers convert by themselves.
/// </summary>
/// <param name="Buffer">Type of the bytes.</param>
/// <param name="Type">Type the server is told.</param>
/// <param name="Size">Column size: characters, bytes or digits by the type.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="Bytes">The value; null for NULL.</param>
internal readonly record struct BoundValue(CType Buffer, SqlType Type, nuint Size, short Decimals, byte[]? Bytes)
{
    /// <summary>
    /// SQL Server's limits for nvarchar(n) and varbinary(n); beyond them values go as long data (max). Shorter values are told
    /// as these sizes too: a server then keeps one plan per statement and not one per length, and no driver counts a text short.
    /// </summary>
    private const int LongestText = 4000;
    private const int LongestBinary = 8000;
    private const int TimestampSize = 27;
    private const int TimestampDecimals = 7;

    /// <exception cref="NotSupportedException">The value's type has no form in SQL.</exception>
    public static BoundValue From(OdbcParameter parameter)
    {
        object? value = parameter.Value;
        if (value is Enum) value = Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture);
        return value switch
        {
            null or DBNull => Null(parameter),
            string text => Text(text),
            char c => Text(c.ToString()),
            char[] text => Text(new string(text)),
            bool flag => new(CType.Bit, SqlType.Bit, 1, 0, [flag ? (byte)1 : (byte)0]),
            byte number => Int16(number),
            sbyte number => Int16(number),
            short number => Int16(number),
            ushort number => Int32(number),
            int number => Int32(number),
            uint number => Int64(number),
            long number => Int64(number),
            ulong number => Decimal(number),
            float number => new(CType.Single, SqlType.Real, 7, 0, BitConverter.GetBytes(number)),
            double number => new(CType.Double, SqlType.Double, 15, 0, BitConverter.GetBytes(number)),
            decimal number => Decimal(number),
            DateTime time when parameter is { HasDbType: true, DbType: DbType.Date } => Date(DateOnly.FromDateTime(time)),
            DateTime time => Timestamp(time),
            DateOnly date => Date(date),
            TimeOnly time => Time(time),
            TimeSpan time when time >= TimeSpan.Zero && time < TimeSpan.FromDays(1) => Time(TimeOnly.FromTimeSpan(time)),
            DateTimeOffset time => Text(time.ToString("yyyy-MM-dd HH:mm:ss.fffffff zzz", CultureInfo.InvariantCulture)),
            Guid id => Text(id.ToString()),
            byte[] bytes => Binary(bytes),
            ReadOnlyMemory<byte> bytes => Binary(bytes.ToArray()),
            _ => throw new NotSupportedException($"Parameter '{parameter.ParameterName}': a {value.GetType().Name} has no form in SQL here."),
        };
    }

    private static BoundValue Null(OdbcParameter parameter) => parameter.DbType switch
    {
        // Servers convert a NULL of text to nearly all types, but not to binary ones
        DbType.Binary => new(CType.Binary, SqlType.VarBinary, LongestBinary, 0, null),
        DbType.Boolean => new(CType.Bit, SqlType.Bit, 1, 0, null),
        DbType.Byte or DbType.SByte or DbType.Int16 => new(CType.Int16, SqlType.SmallInt, 5, 0, null),
        DbType.Int32 or DbType.UInt16 => new(CType.Int32, SqlType.Integer, 10, 0, null),
        DbType.Int64 or DbType.UInt32 => new(CType.Int64, SqlType.BigInt, 19, 0, null),
        DbType.Single => new(CType.Single, SqlType.Real, 7, 0, null),
        DbType.Double => new(CType.Double, SqlType.Double, 15, 0, null),
        DbType.Decimal or DbType.Currency or DbType.VarNumeric or DbType.UInt64 => new(CType.Char, SqlType.Decimal, 28, 0, null),
        DbType.Date => new(CType.Date, SqlType.Date, 10, 0, null),
        DbType.DateTime or DbType.DateTime2 => new(CType.Timestamp, SqlType.Timestamp, TimestampSize, TimestampDecimals, null),
        _ => new(CType.WChar, SqlType.WVarChar, LongestText, 0, null),
    };

    private static BoundValue Text(string text) => new(CType.WChar,
        text.Length > LongestText ? SqlType.WLongVarChar : SqlType.WVarChar, (nuint)Math.Max(LongestText, text.Length), 0,
        Encoding.Unicode.GetBytes(text));

    private static BoundValue Binary(byte[] bytes) => new(CType.Binary,
        bytes.Length > LongestBinary ? SqlType.LongVarBinary : SqlType.VarBinary, (nuint)Math.Max(LongestBinary, bytes.Length), 0,
        bytes);

    private static BoundValue Int16(short value) => new(CType.Int16, SqlType.SmallInt, 5, 0, BitConverter.GetBytes(value));

    private static BoundValue Int32(int value) => new(CType.Int32, SqlType.Integer, 10, 0, BitConverter.GetBytes(value));

    private static BoundValue Int64(long value) => new(CType.Int64, SqlType.BigInt, 19, 0, BitConverter.GetBytes(value));

    private static BoundValue Decimal(decimal value)
    {
        // As digits: SQL_NUMERIC_STRUCT needs descriptor fields that drivers treat differently
        string text = value.ToString(CultureInfo.InvariantCulture);
        int digits = text.Count(char.IsAsciiDigit);
        return new(CType.Char, SqlType.Decimal, (nuint)Math.Max(1, digits), (short)value.Scale, Encoding.ASCII.GetBytes(text));
    }

    private static BoundValue Date(DateOnly date)
    {
        var bytes = new byte[6];
        WriteDate(bytes, date);
        return new(CType.Date, SqlType.Date, 10, 0, bytes);
    }

    private static BoundValue Time(TimeOnly time)
    {
        // SQL_TIME_STRUCT has no fraction
        if (time.Ticks % TimeSpan.TicksPerSecond != 0) return Text(time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        ReadOnlySpan<ushort> parts = [(ushort)time.Hour, (ushort)time.Minute, (ushort)time.Second];
        return new(CType.Time, SqlType.Time, 8, 0, MemoryMarshal.AsBytes(parts).ToArray());
    }

    private static BoundValue Timestamp(DateTime time)
    {
        var bytes = new byte[16];
        WriteDate(bytes, DateOnly.FromDateTime(time));
        ReadOnlySpan<ushort> parts = [(ushort)time.Hour, (ushort)time.Minute, (ushort)time.Second];
        MemoryMarshal.AsBytes(parts).CopyTo(bytes.AsSpan(6));
        uint nanoseconds = (uint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        MemoryMarshal.Write(bytes.AsSpan(12), nanoseconds);
        return new(CType.Timestamp, SqlType.Timestamp, TimestampSize, TimestampDecimals, bytes);
    }

    private static void WriteDate(Span<byte> bytes, DateOnly date)
    {
        ReadOnlySpan<ushort> parts = [(ushort)date.Year, (ushort)date.Month, (ushort)date.Day];
        MemoryMarshal.AsBytes(parts).CopyTo(bytes);
    }
}
