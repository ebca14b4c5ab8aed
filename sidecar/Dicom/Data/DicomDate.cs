using System.Globalization;

namespace Gantry.Dicom;

/// <summary>Values of VR DA (PS3.5 6.2).</summary>
public static class DicomDate
{
    /// <summary>
    /// Reads <c>YYYYMMDD</c>, or <c>YYYY.MM.DD</c> of before 1993; false if it is no day of the calendar. Spaces around do not
    /// count.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> value, out DateOnly date)
    {
        value = value.Trim(' ');
        return DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            || DateOnly.TryParseExact(value, "yyyy.MM.dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    /// <summary>The day as <c>YYYYMMDD</c>.</summary>
    public static string Format(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
