using System.Globalization;

namespace Gantry.Sidecar.Web;

/// <summary>A day or a range of days as the store compares them: yyyyMMdd, both ends included; null is open.</summary>
internal readonly record struct DayRange(string? From, string? To)
{
    /// <summary>Reads <c>20260105</c>, <c>2026-01-05</c>, <c>today</c>, <c>20260101-20260131</c>, <c>20260101-</c>, <c>-20260131</c>; nothing is any day.</summary>
    public static bool TryParse(string? text, DateOnly today, out DayRange range)
    {
        range = default;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        text = text.Trim();
        if (text.Equals("today", StringComparison.OrdinalIgnoreCase))
            text = Written(today);
        if (TryDay(text, out var day))
        {
            range = new(day, day);
            return true;
        }
        var parts = text.Split('-');
        if (parts.Length != 2 || (parts[0].Length == 0 && parts[1].Length == 0))
            return false;
        string? from = null, to = null;
        if ((parts[0].Length > 0 && !TryDay(parts[0], out from)) || (parts[1].Length > 0 && !TryDay(parts[1], out to)))
            return false;
        range = new(from, to);
        return true;
    }

    private static bool TryDay(string text, out string? day)
    {
        var known = DateOnly.TryParseExact(text, ["yyyyMMdd", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = known ? Written(date) : null;
        return known;
    }

    private static string Written(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
