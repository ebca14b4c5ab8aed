using System.Runtime.InteropServices;

namespace Gantry.Odbc.Reading;

/// <summary>SQL_DATE_STRUCT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SqlDate
{
    public readonly short Year;
    public readonly ushort Month;
    public readonly ushort Day;

    public bool IsValid => Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month);

    public long Ticks => new DateTime(Year, Month, Day).Ticks;

    public Cell ToCell() => IsValid ? new Cell(Ticks, null) : Cell.Of(new Unreadable("holds no date of the years 1 to 9999"));
}

/// <summary>SQL_TIMESTAMP_STRUCT; the fraction is in nanoseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SqlTimestamp
{
    private readonly SqlDate _date;
    private readonly ushort _hour;
    private readonly ushort _minute;
    private readonly ushort _second;
    private readonly uint _fraction;

    public Cell ToCell()
    {
        if (!_date.IsValid || _hour > 23 || _minute > 59 || _second > 59 || _fraction > 999_999_999)
            return Cell.Of(new Unreadable("holds no time of the years 1 to 9999"));
        long ticks = _date.Ticks + (((((_hour * 60L) + _minute) * 60) + _second) * TimeSpan.TicksPerSecond) + (_fraction / TimeSpan.NanosecondsPerTick);
        return new Cell(ticks, null);
    }
}
