using System.Globalization;
using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>Dates and times of worklist rows, which stand in the site's local time, and their way to other offsets.</summary>
internal static class RowTime
{
    /// <summary>Reads <c>yyyyMMdd</c>.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        return text.Length == 8 && DicomDate.TryParse(text, out date);
    }

    /// <summary>Reads a TM value of any precision as the first tick that it can mean.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is 0 or > 16) return false;
        Span<char> characters = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++) characters[i] = (char)text[i];
        if (!TimeRange.TryParseTime(characters.Trim(' '), out var range)) return false;
        ticks = range.FromTicks;
        return true;
    }

    /// <summary>A moment of the site's local time as date and time at another offset from UTC.</summary>
    public static (DateOnly Date, long Ticks) ToOffset(DateOnly date, long ticks, TimeZoneInfo site, TimeSpan offset)
    {
        var local = date.ToDateTime(new TimeOnly(ticks));
        var shift = offset - site.GetUtcOffset(local);
        if (local.Ticks + shift.Ticks < 0 || local.Ticks + shift.Ticks > DateTime.MaxValue.Ticks) return (date, ticks);
        var there = local + shift;
        return (DateOnly.FromDateTime(there), there.TimeOfDay.Ticks);
    }

    /// <summary>Reads Timezone Offset From UTC (0008,0201), such as <c>+0900</c> (PS3.3 C.12.1.1.8).</summary>
    public static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        text = text.Trim();
        if (text.Length != 5 || text[0] is not ('+' or '-')
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || hours > 14 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-') offset = -offset;
        return true;
    }
}
