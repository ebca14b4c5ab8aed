using System.Globalization;

namespace Gantry.Dicom;

/// <summary>
/// A value of VR TM (PS3.5 6.2): a time of day known to some precision, which is the span from <see cref="Earliest"/> to
/// <see cref="Latest"/>.
/// </summary>
/// <param name="Earliest">The first moment that the value may mean: <c>0930</c> is 09:30:00.</param>
/// <param name="Latest">The last one, to 0.1 microseconds: <c>0930</c> is 09:30:59.9999999.</param>
public readonly record struct DicomTime(TimeOnly Earliest, TimeOnly Latest)
{
    /// <summary>
    /// Reads <c>HH[MM[SS[.F]]]</c> with 1 to 6 digits of fraction, or with colons as before 1993; false for anything else.
    /// Second 60, a leap second, is read as 59. Spaces around do not count.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> value, out DicomTime time)
    {
        Span<char> digits = stackalloc char[16];
        time = default;
        value = value.Trim(' ');
        if (value.Length is < 2 or > 16)
            return false;
        if (value.Contains(':'))
        {
            if (value is not [_, _, ':', _, _] and not [_, _, ':', _, _, ':', _, _, ..])
                return false;
            ClockDigits.RemoveColons(value, digits, out var length);
            return TryRead(digits[..length], out time);
        }
        return TryRead(value, out time);
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out DicomTime time)
    {
        time = default;
        if (!ClockDigits.TryParse(digits, out var start, out var precision))
            return false;
        time = new(TimeOnly.FromTimeSpan(start), TimeOnly.FromTimeSpan(start + precision - TimeSpan.FromTicks(1)));
        return true;
    }

    /// <summary>A time as <c>HHMMSS</c>.</summary>
    public static string Format(TimeOnly time) => time.ToString("HHmmss", CultureInfo.InvariantCulture);
}
