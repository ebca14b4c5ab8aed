using System.Globalization;

namespace Gantry.Dicom;

/// <summary>A value of VR DT (PS3.5 6.2): a moment known to some precision, with or without its offset from UTC.</summary>
/// <param name="Earliest">The first moment that the value may mean, in the value's own zone: <c>2026</c> is 1 January,
/// 00:00.</param>
/// <param name="Latest">The last one, to 0.1 microseconds.</param>
/// <param name="Offset">The offset from UTC that the value states; null for none, which means Timezone Offset From UTC or local
/// time.</param>
public readonly record struct DicomDateTime(DateTime Earliest, DateTime Latest, TimeSpan? Offset)
{
    /// <summary>
    /// Reads <c>YYYY[MM[DD[HH[MM[SS[.F]]]]]][&amp;ZZXX]</c>; false for anything else and for offsets outside -1200 to +1400.
    /// Spaces around do not count.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> value, out DicomDateTime moment)
    {
        moment = default;
        value = value.Trim(' ');
        TimeSpan? offset = null;
        if (value.IndexOfAny('+', '-') is >= 0 and var sign)
        {
            if (!TryParseOffset(value[sign..], out var stated))
                return false;
            offset = stated;
            value = value[..sign];
        }
        if (!TryParseDay(value, out var day, out var next))
            return false;
        if (value.Length > 8)
        {
            if (!ClockDigits.TryParse(value[8..], out var start, out var precision))
                return false;
            day += start;
            next = day + precision;
        }
        moment = new(day, next.AddTicks(-1), offset);
        return true;
    }

    private static bool TryParseDay(ReadOnlySpan<char> value, out DateTime first, out DateTime next)
    {
        (first, next) = (default, default);
        var (month, day) = (1, 1);
        if (value.Length is not (4 or 6 or >= 8)
            || !int.TryParse(value[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is 0 or 9999
            || (value.Length >= 6 && (!ClockDigits.TryTwoDigits(value[4..], 12, out month) || month == 0))
            || (value.Length >= 8
                && (!ClockDigits.TryTwoDigits(value[6..], DateTime.DaysInMonth(year, month), out day) || day == 0)))
            return false;
        first = new DateTime(year, month, day);
        next = value.Length switch { 4 => first.AddYears(1), 6 => first.AddMonths(1), _ => first.AddDays(1) };
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<char> value, out TimeSpan offset)
    {
        offset = default;
        if (value.Length != 5 || !ClockDigits.TryTwoDigits(value[1..], 14, out var hours)
            || !ClockDigits.TryTwoDigits(value[3..], 59, out var minutes))
            return false;
        offset = new TimeSpan(hours, minutes, 0) * (value[0] == '-' ? -1 : 1);
        return offset >= TimeSpan.FromHours(-12) && offset <= TimeSpan.FromHours(14);
    }
}
