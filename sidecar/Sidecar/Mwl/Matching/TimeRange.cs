using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// A TM key: a single time or a range that may be open at either end (PS3.4 C.2.2.2.1 and C.2.2.2.5.2), as the first and
/// the last tick of the day that match. A time of low precision stands for all the moments it can mean: <c>09</c> is
/// 09:00:00 to 09:59:59.9999999.
/// </summary>
internal readonly record struct TimeRange(long FromTicks, long ToTicks)
{
    private const long LastTick = TimeSpan.TicksPerDay - 1;

    public static TimeRange WholeDay { get; } = new(0, LastTick);

    /// <summary>True if the end is earlier in the day than the start, which only makes sense with a range of dates.</summary>
    public bool IsOvernight => ToTicks < FromTicks;

    /// <summary>
    /// Reads <c>09</c>, <c>0930</c>, <c>093000</c>, <c>093000.123</c>, the same with colons as ACR-NEMA wrote them, and
    /// ranges of these. False for anything else. A range may end before it starts: with a range of dates, it is the night
    /// between them (<see cref="IsOvernight"/>).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeRange range)
    {
        text = text.Trim();
        range = default;
        var dash = text.IndexOf('-');
        if (dash < 0) return TryParseTime(text, out range);
        var from = text[..dash].TrimEnd();
        var to = text[(dash + 1)..].TrimStart();
        if (from.IsEmpty && to.IsEmpty) return false;
        var (first, last) = (WholeDay, WholeDay);
        if (!from.IsEmpty && !TryParseTime(from, out first)) return false;
        if (!to.IsEmpty && !TryParseTime(to, out last)) return false;
        range = new(first.FromTicks, last.ToTicks);
        return true;
    }

    /// <summary>One time, as the moments it can mean.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out TimeRange range)
    {
        var isTime = DicomTime.TryParse(text, out var time);
        range = isTime ? new(time.Earliest.Ticks, time.Latest.Ticks) : default;
        return isTime;
    }
}
