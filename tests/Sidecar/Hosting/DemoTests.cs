using System.Net;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Hosting;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_mode_fills_an_empty_worklist_for_today()
    {
        await using var gateway = await RunningGateway.StartAsync("Demo:Enabled=true");
        var page = await gateway.GetAsync("/api/worklist?date=today");
        Assert.Equal(
            ["ACC000", "ACC001", "ACC002", "4567"],
            page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("accession_number").GetString()!));
    }

    [Fact]
    public async Task In_production_an_empty_worklist_stays_empty()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal(0, (await gateway.GetAsync("/api/statistics")).GetProperty("total").GetInt32());
    }

    [Fact]
    public void Production_listens_for_modalities_everywhere_and_a_demo_on_loopback()
    {
        Assert.Equal([IPAddress.Any], new DicomOptions().Addresses(new()));
        if (!BindAddresses.InContainer)
        {
            Assert.Equal([IPAddress.Loopback], new DicomOptions().Addresses(new() { Enabled = true }));
            Assert.Equal([IPAddress.Loopback], new WebOptions().Addresses());
        }
        Assert.Equal([IPAddress.Any], new DicomOptions { BindAddresses = ["0.0.0.0"] }.Addresses(new() { Enabled = true }));
    }

    [Fact]
    public void The_day_is_the_sites_day()
    {
        var clock = new FixedClock(new(2026, 1, 5, 20, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2026, 1, 5), SiteTime.For(new() { TimeZone = "UTC" }, clock).Today());
        Assert.Equal(new DateOnly(2026, 1, 6), SiteTime.For(new() { TimeZone = "Asia/Seoul" }, clock).Today());
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
