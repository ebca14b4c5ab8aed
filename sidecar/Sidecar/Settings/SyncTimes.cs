using System.Globalization;
using Quartz;

namespace Gantry.Sidecar.Settings;

/// <summary>When the EMR is synced with: every so often, or by a cron expression.</summary>
/// <param name="Interval">How often; null where a cron expression says when.</param>
/// <param name="Cron">A Quartz cron expression; null where the interval does.</param>
internal sealed record SyncTimes(TimeSpan? Interval, CronExpression? Cron)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Understands what is set.</summary>
    /// <param name="text">A duration of 5 seconds to 7 days, or a Quartz cron expression of 6 or 7 fields, seconds first.</param>
    /// <param name="times">What it means.</param>
    public static bool TryParse(string text, out SyncTimes? times)
    {
        times = null;
        if (TimeSpan.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var interval))
        {
            if (interval >= Shortest && interval <= Longest)
                times = new(interval, null);
        }
        else if (CronExpression.TryParse(text.Trim(), out var cron))
        {
            times = new(null, cron);
        }
        return times is not null;
    }

    /// <summary>What is set, which was checked when the settings were read.</summary>
    public static SyncTimes Parse(string text) =>
        TryParse(text, out var times) ? times! : throw new FormatException("EmrSync:Schedule is neither a duration nor a cron expression.");

    /// <summary>When the next sync after a moment is due; null if none ever is.</summary>
    public DateTimeOffset? After(DateTimeOffset moment, TimeZoneInfo zone) =>
        Interval is { } interval ? moment + interval : Cron!.WithTimeZone(zone).GetNextValidTimeAfter(moment);
}
