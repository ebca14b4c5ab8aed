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

    /// <summary>
    /// Reads <c>09</c>, <c>0930</c>, <c>093000</c>, <c>093000.123</c>, the same with colons as ACR-NEMA wrote them, and
    /// ranges of these. False for anything else and for a range that ends before it starts.
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
        return range.FromTicks <= range.ToTicks;
    }

    /// <summary>One time, as the moments it can mean.</summary>
    public static bool TryParseTime(ReadOnlySpan<char> text, out TimeRange range)
    {
        range = default;
        Span<int> parts = stackalloc int[3];
        var (read, at) = (0, 0);
        while (read < 3 && at + 2 <= text.Length && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at + 1]))
        {
            parts[read++] = (text[at] - '0') * 10 + text[at + 1] - '0';
            at += 2;
            if (at < text.Length - 1 && read < 3 && text[at] == ':') at++;
        }

        if (read == 0 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return false;
        var start = parts[0] * TimeSpan.TicksPerHour + parts[1] * TimeSpan.TicksPerMinute
            + Math.Min(parts[2], 59) * TimeSpan.TicksPerSecond; // 60 is a leap second, which no clock here keeps
        var width = read switch
        {
            1 => TimeSpan.TicksPerHour,
            2 => TimeSpan.TicksPerMinute,
            _ => TimeSpan.TicksPerSecond,
        };
        if (read == 3 && at < text.Length && text[at] == '.')
        {
            var digits = text[++at..];
            if (digits.Length is 0 or > 6) return false;
            foreach (var digit in digits)
            {
                if (!char.IsAsciiDigit(digit)) return false;
                width /= 10;
                start += (digit - '0') * width;
                at++;
            }
        }

        range = new(start, start + width - 1);
        return at == text.Length;
    }
}
