using System.Globalization;

namespace Gantry.EmrSync.Mapping;

/// <summary>A value that the driver could not give.</summary>
internal sealed class UnreadableCell
{
    public static readonly UnreadableCell Instance = new();
}

/// <summary>Cells as text, dates and times, whatever types the EMR's columns have.</summary>
internal static class CellText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    // Columns of CHAR(n) are padded with blanks, some programs pad with zeros
    private static readonly char[] Padding = [' ', '\t', '\r', '\n', '\0', '\u3000', '\u00A0'];

    private static readonly string[] Dates = ["yyyyMMdd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d"];

    private static readonly string[] Times =
        ["HHmm", "HHmmss", "H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "HHmmss.FFFFFFF"];

    private static readonly string[] Moments =
    [
        "yyyyMMddHHmm", "yyyyMMddHHmmss", "yyyyMMddHHmmssFFFFFFF", "yyyyMMddHHmmss.FFFFFFF",
        .. from date in Dates from separator in new[] { "' '", "'T'" } from time in Times select date + separator + time,
    ];

    /// <summary>The value as text without padding; empty for NULL. Null if it is no text: binary, or not readable.</summary>
    public static string? Of(object? cell) => cell switch
    {
        null or DBNull => "",
        string text => text.Trim(Padding),
        decimal number => number.ToString("0.#############################", Invariant),
        double number => number.ToString("R", Invariant),
        bool flag => flag ? "1" : "0",
        DateTime time when time.TimeOfDay == TimeSpan.Zero => time.ToString("yyyyMMdd", Invariant),
        DateTime time => time.ToString("yyyyMMddHHmmss", Invariant),
        TimeSpan time => time.ToString("hhmmss", Invariant),
        byte[] or UnreadableCell => null,
        IFormattable value => value.ToString(null, Invariant),
        _ => cell.ToString(),
    };

    /// <summary>A date, from a date type, text or a number such as 19650315; a time behind it is left out.</summary>
    public static DateOnly? Date(object? cell) => cell switch
    {
        DateTime time => DateOnly.FromDateTime(time),
        DateTimeOffset time => DateOnly.FromDateTime(time.DateTime),
        _ => Of(cell) is not { Length: > 0 } text ? null
            : DateOnly.TryParseExact(text, Dates, Invariant, DateTimeStyles.None, out DateOnly date) ? date
            : Moment(text) is { } moment ? DateOnly.FromDateTime(moment) : null,
    };

    /// <summary>A time of day, from a time type, text or a number such as 930.</summary>
    public static TimeOnly? Time(object? cell)
    {
        if (cell is TimeSpan span) return span >= TimeSpan.Zero && span < TimeSpan.FromDays(1) ? TimeOnly.FromTimeSpan(span) : null;
        if (cell is DateTime time) return TimeOnly.FromDateTime(time);
        if (Of(cell) is not { Length: > 0 } text) return null;
        // 930 as a number has lost its zero
        if (text.Length is 3 or 5 && text.All(char.IsAsciiDigit)) text = "0" + text;
        return TimeOnly.TryParseExact(text, Times, Invariant, DateTimeStyles.None, out TimeOnly parsed) ? parsed
            : Moment(text) is { } moment ? TimeOnly.FromDateTime(moment) : null;
    }

    /// <summary>Date and time, from a date type or text; a date alone is its midnight.</summary>
    public static DateTime? Moment(object? cell) => cell switch
    {
        DateTime time => time,
        DateTimeOffset time => time.DateTime,
        _ => Of(cell) is not { Length: > 0 } text ? null
            : DateTime.TryParseExact(text, Moments, Invariant, DateTimeStyles.None, out DateTime moment) ? moment
            : DateOnly.TryParseExact(text, Dates, Invariant, DateTimeStyles.None, out DateOnly date) ? date.ToDateTime(TimeOnly.MinValue)
            : null,
    };

    /// <summary>Yes or no; null for a word that says neither. NULL and empty are no.</summary>
    public static bool? Flag(object? cell) => Of(cell)?.ToUpperInvariant() switch
    {
        "" or "0" or "N" or "NO" or "F" or "FALSE" => false,
        "1" or "-1" or "Y" or "YES" or "T" or "TRUE" or "C" or "CANCELLED" or "CANCELED" or "D" or "DELETED" => true,
        _ => null,
    };
}
