using Gantry.Worklist.Tests.Engines;
using Gantry.Worklist.Tests.Steps;

namespace Gantry.Worklist.Tests.Backup;

public sealed class SqliteRetentionTests : RetentionTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresRetentionTests(PostgresFixture fixture) : RetentionTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

/// <summary>What is old is deleted, unless somebody still needs it.</summary>
public abstract class RetentionTests : StepTest
{
    // Orders are for 5 January; the clock begins on that day
    private static readonly RetentionLimits Limits = new(new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 1));

    [Fact]
    public async Task Finished_orders_go_with_their_steps_and_what_others_still_need_stays()
    {
        await Store.AddAsync([Order("DONE"), Order("UNTOLD"), Order("RUNNING"), Order("LATER", date: "20260301"), Order("MISSED")], default);
        foreach (string accession in (string[])["DONE", "LATER"])
            await PerformAsync(accession);
        await DeliverAsync(OutboxTarget.Cloud);
        await DeliverAsync(OutboxTarget.Emr);
        await PerformAsync("UNTOLD");
        Time.Advance(TimeSpan.FromMinutes(1));
        // Discontinued by hand while its exam still runs
        await CreateAsync(Step("9.RUNNING", For("RUNNING")));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Store.UpdateStatusAsync("RUNNING", OrderStatus.Discontinued, default);
        Time.Advance(TimeSpan.FromDays(60));

        await PurgeAsync(Limits with { MissedBefore = null });

        Assert.Equal(["LATER", "MISSED", "RUNNING", "UNTOLD"], await NumbersAsync());
        Assert.Null(await Store.GetStepAsync("9.DONE", default));
        Assert.NotNull(await Store.GetStepAsync("9.LATER", default));
        Assert.NotNull(await Store.GetStepAsync("9.UNTOLD", default));
        Assert.Equal("0", await Place.ByAnotherProgramAsync(
            "SELECT count(*) FROM mpps_orders WHERE sop_instance_uid = '9.DONE'"));
        await PurgeAsync(Limits);
        Assert.Equal(["LATER", "RUNNING", "UNTOLD"], await NumbersAsync());
    }

    [Fact]
    public async Task An_image_that_waits_by_its_study_keeps_the_order()
    {
        await Store.AddAsync(Order("A1") with { StudyInstanceUid = "1.2.3" }, default);
        Time.Advance(TimeSpan.FromMinutes(1));
        await Store.UpdateStatusAsync("A1", OrderStatus.Completed, default);
        await Store.EnqueueAsync(new NewOutboxEntry { Target = OutboxTarget.Cloud, EventKey = "i", OrderKey = "1.2.3", Kind = "image", Payload = new byte[] { 1 } }, default);
        Time.Advance(TimeSpan.FromDays(60));

        await PurgeAsync(Limits);
        Assert.Equal(["A1"], await NumbersAsync());
        foreach (OutboxEntry entry in await Store.TakeOutboxAsync(OutboxTarget.Cloud, 9, TimeSpan.FromMinutes(1), default))
            await Store.MarkDeliveredAsync(entry.Id, default);
        await PurgeAsync(Limits);

        Assert.Empty(await NumbersAsync());
    }

    [Fact]
    public async Task What_was_changed_lately_stays_however_old_its_day_is()
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        Time.Advance(TimeSpan.FromDays(60));
        await Store.UpdateStatusAsync("A1", OrderStatus.Completed, default);

        await PurgeAsync(Limits);

        Assert.Equal(["A1"], await NumbersAsync());
    }

    [Fact]
    public async Task Exams_without_an_order_go_too_and_without_limits_nothing_does()
    {
        await CreateAsync(Step("9.9"));
        await SetAsync("9.9", StepStatus.Discontinued);
        Time.Advance(TimeSpan.FromDays(60));

        Assert.Equal(0, (await Store.PurgeOldAsync(new RetentionLimits(null, null), 100, default)).Total);
        Assert.NotNull(await Store.GetStepAsync("9.9", default));
        Assert.Equal(new RetentionOutcome(0, 1), await Store.PurgeOldAsync(Limits, 100, default));
    }

    private async Task PerformAsync(string accession)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await CreateAsync(Step("9." + accession, For(accession)));
        Time.Advance(TimeSpan.FromMinutes(1));
        await SetAsync("9." + accession, StepStatus.Completed);
    }

    private async Task PurgeAsync(RetentionLimits limits)
    {
        while ((await Store.PurgeOldAsync(limits, 1, default)).Total > 0)
        {
            // A few at a time
        }
    }

    private async Task<string[]> NumbersAsync() =>
        [.. (await Store.FindAsync(new WorklistFilter(), default)).Select(static item => item.AccessionNumber).Order(StringComparer.Ordinal)];
}
