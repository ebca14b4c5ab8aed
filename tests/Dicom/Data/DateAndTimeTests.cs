namespace Gantry.Dicom.Tests.Data;

public sealed class DateAndTimeTests
{
    [Theory]
    [InlineData("09", "09:00:00.0000000", "09:59:59.9999999")]
    [InlineData("0930", "09:30:00.0000000", "09:30:59.9999999")]
    [InlineData("093015", "09:30:15.0000000", "09:30:15.9999999")]
    [InlineData("093015.1", "09:30:15.1000000", "09:30:15.1999999")]
    [InlineData("093015.123456", "09:30:15.1234560", "09:30:15.1234569")]
    [InlineData("093015 ", "09:30:15.0000000", "09:30:15.9999999")]
    [InlineData("09:30:15.5", "09:30:15.5000000", "09:30:15.5999999")]
    [InlineData("235960", "23:59:59.0000000", "23:59:59.9999999")]
    public void A_time_is_the_span_that_its_precision_leaves_open(string text, string earliest, string latest)
    {
        Assert.True(DicomTime.TryParse(text, out var time));
        Assert.Equal((earliest, latest), (Print(time.Earliest), Print(time.Latest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("093")]
    [InlineData("2400")]
    [InlineData("093015.")]
    [InlineData("093015.1234567")]
    [InlineData("0930-1000")]
    [InlineData("09:3")]
    [InlineData("+930")]
    public void Other_text_is_no_time(string text) => Assert.False(DicomTime.TryParse(text, out _));

    [Theory]
    [InlineData("2026", "2026-01-01T00:00:00.0000000", "2026-12-31T23:59:59.9999999", null)]
    [InlineData("202602", "2026-02-01T00:00:00.0000000", "2026-02-28T23:59:59.9999999", null)]
    [InlineData("20261121+0900", "2026-11-21T00:00:00.0000000", "2026-11-21T23:59:59.9999999", 540)]
    [InlineData("2026112109-0130", "2026-11-21T09:00:00.0000000", "2026-11-21T09:59:59.9999999", -90)]
    [InlineData("20261121093015.25", "2026-11-21T09:30:15.2500000", "2026-11-21T09:30:15.2599999", null)]
    public void A_date_and_time_has_precision_and_offset(string text, string earliest, string latest, int? minutes)
    {
        Assert.True(DicomDateTime.TryParse(text, out var moment));
        Assert.Equal((earliest, latest, minutes),
            (moment.Earliest.ToString("O"), moment.Latest.ToString("O"), (int?)moment.Offset?.TotalMinutes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20260")]
    [InlineData("20261301")]
    [InlineData("20260230")]
    [InlineData("2026+1500")]
    [InlineData("2026+09")]
    [InlineData("20261121xx")]
    public void Other_text_is_no_date_and_time(string text) => Assert.False(DicomDateTime.TryParse(text, out _));

    [Fact]
    public void Dates_are_real_days()
    {
        Assert.True(DicomDate.TryParse("20240229 ", out var date));
        Assert.Equal("20240229", DicomDate.Format(date));
        Assert.True(DicomDate.TryParse("1993.08.22", out _));
        Assert.False(DicomDate.TryParse("20230229", out _));
        Assert.False(DicomDate.TryParse("", out _));
    }

    private static string Print(TimeOnly time) => time.ToString("HH:mm:ss.fffffff");
}
