using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 5: wildcards only in text, dates and times as ranges that combine, offsets from UTC.</summary>
public sealed class Mwl05_WildcardAndRangeTests
{
    [Theory]
    [InlineData("ScheduledProcedureStepStartDate", "2026*")]
    [InlineData("ScheduledProcedureStepStartDate", "2026010?")]
    [InlineData("ScheduledProcedureStepStartDate", "20260230")]
    [InlineData("ScheduledProcedureStepStartDate", "20260131-20260101")]
    [InlineData("ScheduledProcedureStepStartTime", "09*")]
    [InlineData("ScheduledProcedureStepStartTime", "2500")]
    [InlineData("ScheduledProcedureStepStartTime", "1800-0900")] // alone, or on one day, it is no range
    public async Task A_date_or_a_time_that_is_none_is_refused_and_named(string keyword, string key)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var tag = DicomDictionary.FindKeyword(keyword)!.Value;
        var found = await scp.FindAsync(Orders.AskStep((tag, key)));
        Assert.Empty(found.Pending);
        Assert.Equal(0xA900, found.Final.Status);
        Assert.Equal([tag], found.Final.OffendingElements);
        Assert.Contains(tag.ToString(), found.Final.ErrorComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_star_in_a_UID_is_no_wildcard()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1") with { StudyInstanceUid = "1.2.3.4" });
        Assert.Empty(await scp.AccessionsAsync(Orders.Ask((DicomTags.StudyInstanceUID, "1.2.*"))));
    }

    [Fact]
    public async Task A_star_in_a_decimal_string_is_no_wildcard()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1") with { PatientWeight = "70.5" });
        Assert.Empty(await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientWeight, "7*"))));
        Assert.Equal(["ACC1"], await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientWeight, "70.5"))));
    }

    [Theory]
    [InlineData("09", "N0900 N0930 N0959")]
    [InlineData("0930", "N0930")]
    [InlineData("093000", "N0930")]
    [InlineData("093000.123", "")]
    [InlineData("093000.000", "N0930")]
    [InlineData("0930-0959", "N0930 N0959")]
    [InlineData("0930-09", "N0930 N0959")]
    [InlineData("09:30", "N0930")]
    [InlineData("10-", "N1000")]
    public async Task Times_of_any_precision_stand_for_all_that_they_can_mean(string key, string found)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(
            Orders.Order("N0900", time: "090000"), Orders.Order("N0930", time: "093000"), Orders.Order("N0959", time: "095959"),
            Orders.Order("N1000", time: "100000"));
        Assert.Equal(found, string.Join(' ', await scp.AccessionsAsync(Orders.AskStep((DicomTags.ScheduledProcedureStepStartTime, key)))));
    }

    [Theory]
    [InlineData("20260105-20260107", "1000-1800", "MON10 TUE03 TUE23 WED18")]
    [InlineData("20260105-20260107", "1000", "MON10")]              // one time of day, on each of the days
    [InlineData("20260105-20260106", "2200-0400", "TUE03")]         // a night: the end is the day after
    [InlineData("20260105-20260106", "0959-0300", "MON10 TUE03")]
    [InlineData("20260106-", "0400-", "TUE23 WED18 WED19")]
    [InlineData("-20260106", "-0300", "MON09 MON10 TUE03")]
    [InlineData("20260105", "0930-1100", "MON10")]
    [InlineData("20260105", "", "MON09 MON10")]
    public async Task A_range_of_dates_and_one_of_times_are_one_range_of_moments(string dates, string times, string found)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(
            Orders.Order("MON09", "20260105", "090000"), Orders.Order("MON10", "20260105", "100000"),
            Orders.Order("TUE03", "20260106", "030000"), Orders.Order("TUE23", "20260106", "230000"),
            Orders.Order("WED18", "20260107", "180000"), Orders.Order("WED19", "20260107", "190000"));
        var identifier = Orders.AskStep(
            (DicomTags.ScheduledProcedureStepStartDate, dates), (DicomTags.ScheduledProcedureStepStartTime, times));
        Assert.Equal(found, string.Join(' ', await scp.AccessionsAsync(identifier)));
    }

    [Theory]
    [InlineData("+0000", "20260105", "LATE EARLY")]      // 23:30 and 00:30 in Seoul are 14:30 and 15:30 of the 5th in UTC
    [InlineData("+0900", "20260105", "LATE")]
    [InlineData("+0900", "20260106", "EARLY")]
    [InlineData("-0500", "20260105", "LATE EARLY")]
    [InlineData("-0500", "20260106", "")]
    public async Task Dates_in_a_query_are_meant_at_the_offset_it_names(string offset, string date, string found)
    {
        await using var scp = await Scp.StartAsync(zone: "Asia/Seoul");
        await scp.AddAsync(Orders.Order("LATE", "20260105", "233000"), Orders.Order("EARLY", "20260106", "003000"));
        var identifier = Orders.AskStep((DicomTags.ScheduledProcedureStepStartDate, date)).Set(DicomTags.TimezoneOffsetFromUTC, offset);
        Assert.Equal(found, string.Join(' ', await scp.AccessionsAsync(identifier)));
    }

    [Fact]
    public async Task An_order_without_a_time_stays_on_its_own_date_whatever_the_offset()
    {
        await using var scp = await Scp.StartAsync(zone: "Asia/Seoul");
        await scp.AddAsync(Orders.Order("ALLDAY", "20260105") with { ScheduledTime = null });
        var identifier = Orders.AskStep((DicomTags.ScheduledProcedureStepStartDate, "20260105")).Set(DicomTags.TimezoneOffsetFromUTC, "+0000");
        Assert.Equal(["ALLDAY"], await scp.AccessionsAsync(identifier));
    }

    [Theory]
    [InlineData("Asia/Seoul", "20260105", "+0900")]
    [InlineData("Europe/Berlin", "20260105", "+0100")]
    [InlineData("Europe/Berlin", "20260705", "+0200")]
    [InlineData("America/St_Johns", "20260105", "-0330")]
    public async Task The_answers_offset_is_the_sites_on_the_day_of_the_exam(string zone, string date, string offset)
    {
        await using var scp = await Scp.StartAsync(zone: zone);
        await scp.AddAsync(Orders.Order("ACC1", date));
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.TimezoneOffsetFromUTC, "")))).Succeeded());
        Assert.Equal(offset, answer.GetString(DicomTags.TimezoneOffsetFromUTC));
    }

    [Fact]
    public async Task An_offset_that_is_none_is_refused_and_named()
    {
        await using var scp = await Scp.StartAsync();
        var found = await scp.FindAsync(Orders.Ask((DicomTags.TimezoneOffsetFromUTC, "Seoul")));
        Assert.Equal(0xA900, found.Final.Status);
        Assert.Equal([DicomTags.TimezoneOffsetFromUTC], found.Final.OffendingElements);
    }
}
