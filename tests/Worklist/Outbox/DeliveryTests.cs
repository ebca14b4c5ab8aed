using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Outbox;

public sealed class SqliteDeliveryTests : DeliveryTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresDeliveryTests(PostgresFixture fixture) : DeliveryTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

/// <summary>Messages taken in runs, settled in batches.</summary>
public abstract class DeliveryTests : StoreTest
{
    [Fact]
    public async Task A_run_has_the_first_messages_of_an_exam_in_order()
    {
        await PutAsync("A1 a", "A2 b", "A1 c", "A1 d", "A3 e");

        Assert.Equal(["A1: a c", "A2: b"], Told(await TakeAsync(keys: 2, messages: 2)));
        Assert.Equal(["A3: e"], Told(await TakeAsync(keys: 2, messages: 2)));
        Assert.Empty(await TakeAsync(keys: 9, messages: 9));
    }

    [Fact]
    public async Task Who_goes_on_behind_the_last_exam_gives_each_its_turn()
    {
        await PutAsync("A1 a", "A2 b", "A3 c");

        Assert.Equal(["A1: a"], Told(await TakeAsync(keys: 1)));
        Assert.Equal(["A2: b"], Told(await TakeAsync(keys: 1, behind: "A1")));
        Assert.Equal(["A3: c"], Told(await TakeAsync(keys: 1, behind: "A2")));
        Assert.Empty(await TakeAsync(keys: 1, behind: "A3"));
    }

    [Fact]
    public async Task Nothing_overtakes_what_was_taken_or_waits_for_its_next_attempt()
    {
        await PutAsync("A1 a", "A1 b");
        var first = (await TakeAsync(messages: 1))[0].Messages[0];

        Assert.Empty(await TakeAsync());
        await Store.SettleOutboxAsync(
            [new OutboxSettlement.Failed(Time.GetUtcNow() + TimeSpan.FromMinutes(5), "no answer") { Id = first.Id }], default);
        Assert.Empty(await TakeAsync());
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["A1: a b"], Told(await TakeAsync()));
    }

    [Fact]
    public async Task What_is_delivered_or_parked_lets_the_next_one_come_and_what_is_released_comes_again_uncounted()
    {
        await PutAsync("A1 a", "A1 b", "A1 c", "A1 d");
        var run = (await TakeAsync())[0].Messages;

        await Store.SettleOutboxAsync(
        [
            new OutboxSettlement.Delivered { Id = run[0].Id }, new OutboxSettlement.Parked("refused") { Id = run[1].Id },
            new OutboxSettlement.Released { Id = run[2].Id }, new OutboxSettlement.Released { Id = run[3].Id },
        ], default);

        var again = Assert.Single(await TakeAsync());
        Assert.Equal(["c", "d"], again.Messages.Select(static entry => entry.EventKey));
        Assert.All(again.Messages, static entry => Assert.Equal(1, entry.Attempts));
        Assert.Equal("refused", Assert.Single(await Store.ParkedAsync(OutboxTarget.Cloud, 9, default)).ParkedReason);
    }

    [Fact]
    public async Task After_a_crash_a_sender_takes_its_own_messages_back_and_those_of_others_after_the_lease()
    {
        await PutAsync("A1 a", "A2 b");
        await TakeAsync(keys: 1, sender: "one");
        await TakeAsync(keys: 1, sender: "other");

        Assert.Equal(1, await Store.ReleaseOutboxAsync(OutboxTarget.Cloud, "one", default));

        Assert.Equal(["A1: a"], Told(await TakeAsync(sender: "one")));
        Time.Advance(Lease);
        Assert.Equal(["A1: a", "A2: b"], Told(await TakeAsync(sender: "one")));
    }

    [Fact]
    public async Task Senders_that_take_at_once_never_get_the_same_message_nor_a_later_one_of_the_same_exam()
    {
        await PutAsync([.. Enumerable.Range(0, 120).Select(static i => $"A{i % 40} e{i:000}")]);

        var taken = (await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => TakeAsync(keys: 10, messages: 2, sender: $"s{i}"))))).SelectMany(static runs => runs).ToList();

        Assert.Equal(40, taken.Count);
        Assert.Equal(40, taken.DistinctBy(static run => run.OrderKey).Count());
        Assert.All(taken, static run => Assert.Equal(2, run.Messages.Count));
    }

    [Fact]
    public async Task Parked_messages_can_be_sent_again_all_at_once_or_dropped()
    {
        await PutAsync("A1 a", "A2 b", "A3 c");
        foreach (var run in await TakeAsync()) await Store.ParkAsync(run.Messages[0].Id, "no", default);
        var parked = await Store.ParkedAsync(OutboxTarget.Cloud, 9, default);

        Assert.True(await Store.DropParkedAsync(OutboxTarget.Cloud, parked[0].Id, default));
        Assert.False(await Store.DropParkedAsync(OutboxTarget.Cloud, parked[0].Id, default));
        Assert.Equal(2, await Store.UnparkAllAsync(OutboxTarget.Cloud, default));
        Assert.Equal(["A1: a", "A2: b"], Told(await TakeAsync()));
        Assert.False(await Store.DropParkedAsync(OutboxTarget.Cloud, parked[1].Id, default));
    }

    [Fact]
    public async Task What_was_delivered_long_ago_is_deleted_a_few_at_a_time()
    {
        await PutAsync("A1 a", "A2 b", "A3 c");
        foreach (var run in (await TakeAsync()).Take(2)) await Store.MarkDeliveredAsync(run.Messages[0].Id, default);
        Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(1, await Store.PurgeAsync(Time.GetUtcNow() - TimeSpan.FromDays(7), 1, default));
        Assert.Equal(1, await Store.PurgeAsync(Time.GetUtcNow() - TimeSpan.FromDays(7), 9, default));
        Assert.Equal(0, await Store.PurgeAsync(Time.GetUtcNow() - TimeSpan.FromDays(7), 9, default));
        Assert.Equal(["A3: c"], Told(await TakeAsync()));
    }

    [Fact]
    public async Task Whoever_listens_is_told_when_something_may_be_due()
    {
        var told = 0;
        Store.OutboxWritten += (_, _) => told++;
        await PutAsync("A1 a");
        Assert.Equal(1, told);
        await Store.AddAsync(Order("B1"), default);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task Where_nobody_delivers_to_the_cloud_a_change_of_an_exam_is_written_for_the_EMR_only()
    {
        await Store.DisposeAsync();
        await using var store = await WorklistStores.OpenAsync(
            Place.Options with { StatusTargets = new HashSet<OutboxTarget> { OutboxTarget.Emr } },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Time, default);
        await store.AddAsync(Order("A1"), default);
        await store.CreateStepAsync(new()
        {
            SopInstanceUid = "9.1", Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
            References = [new ScheduledReference { AccessionNumber = "A1" }],
        }, default);

        Assert.Equal(0, (await store.OutboxStatisticsAsync(OutboxTarget.Cloud, default)).Pending);
        Assert.Equal(1, (await store.OutboxStatisticsAsync(OutboxTarget.Emr, default)).Pending);
    }

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private Task<IReadOnlyList<OutboxRun>> TakeAsync(int keys = 100, int messages = 100, string behind = "", string sender = "one") =>
        Store.TakeOutboxRunsAsync(
            new() { Target = OutboxTarget.Cloud, Sender = sender, OrderKeys = keys, Messages = messages, Lease = Lease, Behind = behind }, default);

    private static IEnumerable<string> Told(IReadOnlyList<OutboxRun> runs) =>
        runs.Select(static run => $"{run.OrderKey}: {string.Join(' ', run.Messages.Select(static entry => entry.EventKey))}");

    private async Task PutAsync(params string[] messages)
    {
        foreach (var message in messages)
            await Store.EnqueueAsync(
                new() { Target = OutboxTarget.Cloud, OrderKey = message.Split(' ')[0], EventKey = message.Split(' ')[1], Kind = "test", Payload = new byte[] { 1 } }, default);
    }
}
