using System.Globalization;

namespace Gantry.Dicom;

/// <summary>The clock part that TM and DT share: <c>HH[MM[SS[.F]]]</c>.</summary>
internal static class ClockDigits
{
    /// <summary>Reads the digits into a start and the length of the span they leave open.</summary>
    public static bool TryParse(ReadOnlySpan<char> value, out TimeSpan start, out TimeSpan precision)
    {
        (start, precision) = (default, TimeSpan.FromHours(1));
        var (minutes, seconds, fraction) = (0, 0, 0L);
        if (value.Length is not (2 or 4 or 6 or >= 8 and <= 13) || !TryTwoDigits(value, 23, out var hours))
            return false;
        if (value.Length >= 4)
        {
            if (!TryTwoDigits(value[2..], 59, out minutes))
                return false;
            precision = TimeSpan.FromMinutes(1);
        }
        if (value.Length >= 6)
        {
            if (!TryTwoDigits(value[4..], 60, out seconds))
                return false;
            precision = TimeSpan.FromSeconds(1);
        }
        if (value.Length > 6)
        {
            var digits = value[7..];
            if (value[6] != '.' || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out fraction))
                return false;
            var ticks = TimeSpan.TicksPerSecond;
            for (var i = 0; i < digits.Length; i++)
                ticks /= 10;
            (fraction, precision) = (fraction * ticks, TimeSpan.FromTicks(ticks));
        }
        start = new TimeSpan(hours, minutes, Math.Min(seconds, 59)) + TimeSpan.FromTicks(fraction);
        return true;
    }

    /// <summary>Copies the value without its colons into a buffer as long as it.</summary>
    public static void RemoveColons(ReadOnlySpan<char> value, Span<char> destination, out int length)
    {
        length = 0;
        foreach (var c in value)
        {
            if (c != ':')
                destination[length++] = c;
        }
    }

    /// <summary>Reads two digits of at most so much.</summary>
    public static bool TryTwoDigits(ReadOnlySpan<char> value, int maximum, out int number)
    {
        number = 0;
        if (!char.IsAsciiDigit(value[0]) || !char.IsAsciiDigit(value[1]))
            return false;
        number = (value[0] - '0') * 10 + value[1] - '0';
        return number <= maximum;
    }
}
