namespace Gantry.Sidecar.Mwl;

/// <summary>
/// What the start date and start time keys of a query ask for, together (PS3.4 K.4.1.1 and C.2.2.2.5). Where both are
/// ranges they make one range of moments: Monday 10:00 to Wednesday 18:00 includes Tuesday 03:00.
/// </summary>
/// <param name="Dates">The date key, if there is one.</param>
/// <param name="Times">The time key, if there is one.</param>
/// <param name="TimesAreRange">True where the time key was written as a range, with a hyphen.</param>
/// <param name="QueryOffset">Timezone Offset From UTC (0008,0201) of the query, if it has one that is not the site's.</param>
/// <param name="Site">The zone in which the worklist's dates and times stand.</param>
internal sealed record MomentRange(
    DateRange? Dates, TimeRange? Times, bool TimesAreRange, TimeSpan? QueryOffset, TimeZoneInfo Site)
{
    private bool IsCombined => Dates is not null && Times is not null && TimesAreRange;

    /// <summary>True if the date column alone decides, so that what SQL selected needs no second look.</summary>
    public bool IsDecidedByDateColumn => Times is null && QueryOffset is null;

    /// <summary>First and last date of the site that can match, as <c>yyyyMMdd</c>, for the index.</summary>
    public (string? From, string? To) SiteDates()
    {
        if (Dates is not { } dates) return (null, null);
        // Another offset can move a moment into the day before or after, never further (offsets are within 14 hours)
        var slack = QueryOffset is null ? 0 : 1;
        return (Text(dates.From, -slack), Text(dates.To, slack));

        static string? Text(DateOnly? date, int days) => date is not { } day ? null
            : day.DayNumber + days < DateOnly.MinValue.DayNumber || day.DayNumber + days > DateOnly.MaxValue.DayNumber ? null
            : day.AddDays(days).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a row's start is among these moments; a row whose date or time is unknown is not (K.2.2.1.1.1).</summary>
    public bool Includes(ReadOnlySpan<byte> scheduledDate, ReadOnlySpan<byte> scheduledTime)
    {
        var dateKnown = RowTime.TryReadDate(scheduledDate, out var date);
        var timeKnown = RowTime.TryReadTime(scheduledTime, out var ticks);
        if ((Dates is not null && !dateKnown) || (Times is not null && !timeKnown)) return false;
        // Without a time there is no moment that another offset could move
        if (QueryOffset is { } offset && dateKnown && timeKnown) (date, ticks) = RowTime.ToOffset(date, ticks, Site, offset);
        if (IsCombined) return IncludesMoment(date, ticks, Dates!.Value, Times!.Value);
        return (Dates is not { } dates || ((dates.From is null || date >= dates.From) && (dates.To is null || date <= dates.To)))
            && (Times is not { } times || (ticks >= times.FromTicks && ticks <= times.ToTicks));
    }

    private static bool IncludesMoment(DateOnly date, long ticks, DateRange dates, TimeRange times) =>
        (dates.From is not { } from || date > from || (date == from && ticks >= times.FromTicks))
        && (dates.To is not { } to || date < to || (date == to && ticks <= times.ToTicks));
}
