using Gantry.Sidecar.Mwl;

namespace Gantry.Sidecar.Tests.Mwl;

public sealed class DateAndTimeKeyTests
{
    [Theory]
    [InlineData("20260105", "20260105", "20260105")]
    [InlineData("2026.01.05", "20260105", "20260105")]
    [InlineData("20260101-20260131", "20260101", "20260131")]
    [InlineData("20260101-", "20260101", null)]
    [InlineData("-20260131", null, "20260131")]
    [InlineData(" 20260101 - 20260131 ", "20260101", "20260131")]
    public void A_date_key_is_a_date_or_a_range_open_at_either_end(string key, string? from, string? to)
    {
        Assert.True(DateRange.TryParse(key, out var range));
        Assert.Equal(from, range.From?.ToString("yyyyMMdd", null));
        Assert.Equal(to, range.To?.ToString("yyyyMMdd", null));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("2026")]
    [InlineData("20260230")]
    [InlineData("202601*")]
    [InlineData("20260131-20260101")]
    [InlineData("20260101-20260102-20260103")]
    public void What_is_no_date_and_no_range_of_dates_is_refused(string key) => Assert.False(DateRange.TryParse(key, out _));

    [Theory]
    [InlineData("09", "09:00:00", "09:59:59.9999999")]
    [InlineData("0930", "09:30:00", "09:30:59.9999999")]
    [InlineData("093015", "09:30:15", "09:30:15.9999999")]
    [InlineData("093015.123", "09:30:15.123", "09:30:15.1239999")]
    [InlineData("09:30:15", "09:30:15", "09:30:15.9999999")]
    [InlineData("0900-1200", "09:00:00", "12:00:59.9999999")]
    [InlineData("0900-", "09:00:00", "23:59:59.9999999")]
    [InlineData("-12", "00:00:00", "12:59:59.9999999")]
    [InlineData("235960", "23:59:59", "23:59:59.9999999")]
    public void A_time_key_of_any_precision_stands_for_all_moments_it_can_mean(string key, string from, string to)
    {
        Assert.True(TimeRange.TryParse(key, out var range));
        Assert.Equal(TimeSpan.Parse(from, null), TimeSpan.FromTicks(range.FromTicks));
        Assert.Equal(TimeSpan.Parse(to, null), TimeSpan.FromTicks(range.ToTicks));
    }

    [Theory]
    [InlineData("9")]
    [InlineData("24")]
    [InlineData("0960")]
    [InlineData("093015.")]
    [InlineData("093015.1234567")]
    [InlineData("09*")]
    public void What_is_no_time_and_no_range_of_times_is_refused(string key) => Assert.False(TimeRange.TryParse(key, out _));

    [Fact]
    public void Monday_10_to_Wednesday_18_includes_Tuesday_at_3()
    {
        var moments = Moments("20260105-20260107", "1000-1800");
        Assert.True(Includes(moments, "20260106", "030000"));
        Assert.True(Includes(moments, "20260105", "100000"));
        Assert.True(Includes(moments, "20260107", "180059"));
        Assert.False(Includes(moments, "20260105", "095959"));
        Assert.False(Includes(moments, "20260107", "180100"));
    }

    [Fact]
    public void A_range_of_dates_with_one_time_asks_for_that_time_on_each_day()
    {
        var moments = Moments("20260105-20260107", "1000");
        Assert.True(Includes(moments, "20260106", "100030"));
        Assert.False(Includes(moments, "20260106", "030000"));
    }

    [Fact]
    public void An_unknown_date_or_time_matches_no_key()
    {
        Assert.False(Includes(Moments("20260105", null), "", "100000"));
        Assert.False(Includes(Moments("20260105", "10-11"), "20260105", ""));
        Assert.False(Includes(Moments(null, "10-11"), "20260105", "25"));
        Assert.True(Includes(Moments("20260105", null), "20260105", ""));
    }

    [Fact]
    public void A_query_in_another_time_zone_finds_the_same_moment()
    {
        // 23:30 in Seoul on the 5th is 14:30 in UTC, and 00:30 in Seoul on the 6th is 15:30 in UTC, still the 5th
        var utc = Moments("20260105", "1500-1600", TimeSpan.Zero, "Asia/Seoul");
        Assert.True(Includes(utc, "20260106", "003000"));
        Assert.False(Includes(utc, "20260105", "233000"));
        Assert.Equal(("20260104", "20260106"), utc.SiteDates());
    }

    private static MomentRange Moments(string? dates, string? times, TimeSpan? offset = null, string site = "UTC")
    {
        DateRange? dateRange = dates is not null && DateRange.TryParse(dates, out var date) ? date : null;
        TimeRange? timeRange = times is not null && TimeRange.TryParse(times, out var time) ? time : null;
        return new MomentRange(dateRange, timeRange, times?.Contains('-', StringComparison.Ordinal) ?? false, offset,
            TimeZoneInfo.FindSystemTimeZoneById(site));
    }

    private static bool Includes(MomentRange moments, string date, string time) =>
        moments.Includes(System.Text.Encoding.ASCII.GetBytes(date), System.Text.Encoding.ASCII.GetBytes(time));
}
