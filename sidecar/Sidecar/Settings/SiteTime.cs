namespace Gantry.Sidecar.Settings;

/// <summary>The clock with the site's time zone: <c>GetLocalNow</c> is the time that worklist dates and times are in.</summary>
internal sealed class SiteTime(TimeProvider clock, TimeZoneInfo zone) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => zone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <summary>The clock that the settings ask for.</summary>
    public static SiteTime For(SiteOptions site, TimeProvider clock) => new(
        clock, site.TimeZone.Length == 0 ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone));

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}

/// <summary>What a site's clock is asked.</summary>
internal static class SiteDays
{
    /// <summary>Today at the site.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetLocalNow().DateTime);
}
