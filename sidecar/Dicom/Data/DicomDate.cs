using System.Globalization;
using System.Numerics;

namespace Gantry.Dicom;

/// <summary>Values of VR DA (PS3.5 6.2).</summary>
public static class DicomDate
{
    /// <summary>
    /// Reads <c>YYYYMMDD</c>, or <c>YYYY.MM.DD</c> of before 1993; false if it is no day of the calendar. Spaces around do not
    /// count.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> value, out DateOnly date) => TryRead(value.Trim(' '), out date);

    /// <summary>The same for text in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out DateOnly date) => TryRead(value.Trim((byte)' '), out date);

    private static bool TryRead<T>(ReadOnlySpan<T> text, out DateOnly date) where T : struct, IBinaryInteger<T>
    {
        date = default;
        var dot = T.CreateTruncating('.');
        if (text.Length is not (8 or 10) || (text.Length == 10 && (text[4] != dot || text[7] != dot)))
            return false;
        var number = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text.Length == 10 && i is (4 or 7))
                continue;
            var digit = int.CreateTruncating(text[i]) - '0';
            if (digit is < 0 or > 9)
                return false;
            number = number * 10 + digit;
        }
        var (year, month, day) = (number / 10000, number / 100 % 100, number % 100);
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new(year, month, day);
        return true;
    }

    /// <summary>The day as <c>YYYYMMDD</c>.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
