using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Outbox;

public sealed class SqliteOutboxTests : OutboxTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresOutboxTests(PostgresFixture fixture) : OutboxTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class OutboxTests : StoreTest
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_message_comes_out_as_it_went_in()
    {
        NewOutboxEntry put = Message("e1", "A1");
        Assert.True(await Store.EnqueueAsync(put, default));
        DateTimeOffset written = Time.GetUtcNow();
        await RestartAsync();

        OutboxEntry entry = Assert.Single(await TakeAsync());
        Assert.Equal((OutboxTarget.Cloud, "e1", "A1", "test", 1, written, null),
            (entry.Target, entry.EventKey, entry.OrderKey, entry.Kind, entry.Attempts, entry.CreatedAt, entry.ParkedReason));
        Assert.Equal(put.Payload.ToArray(), entry.Payload.ToArray());
        Assert.Empty(await Store.TakeOutboxAsync(OutboxTarget.Emr, 10, Lease, default));
    }

    [Fact]
    public async Task The_same_event_is_kept_once_for_each_target()
    {
        Assert.True(await Store.EnqueueAsync(Message("e1", "A1"), default));
        Assert.False(await Store.EnqueueAsync(Message("e1", "A1"), default));
        Assert.True(await Store.EnqueueAsync(Message("e1", "A1") with { Target = OutboxTarget.Emr }, default));

        await DeliverAllAsync();
        Assert.False(await Store.EnqueueAsync(Message("e1", "A1"), default));
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task A_part_of_a_feed_and_the_place_behind_it_are_kept_together()
    {
        Assert.Null(await Store.FeedCursorAsync("orthanc", default));
        Assert.Equal(2, await Store.EnqueueAsync([Message("e1", "A1"), Message("e2", "A1")], new("orthanc", 7), default));
        await RestartAsync();

        Assert.Equal(1, await Store.EnqueueAsync([Message("e2", "A1"), Message("e3", "A1")], new("orthanc", 9), default));
        Assert.Equal(0, await Store.EnqueueAsync([Message("e3", "A1")], cursor: null, default));

        Assert.Equal(new FeedCursor("orthanc", 9), await Store.FeedCursorAsync("orthanc", default));
        Assert.Null(await Store.FeedCursorAsync("another", default));
    }

    [Fact]
    public async Task A_part_of_a_feed_that_cannot_be_written_whole_moves_nothing()
    {
        await Store.EnqueueAsync([], new("orthanc", 7), default);

        await Assert.ThrowsAnyAsync<Exception>(() => Store.EnqueueAsync(
            [Message("e1", "A1"), Message("e2", "A1") with { Kind = null! }], new("orthanc", 9), default));

        Assert.Equal(new FeedCursor("orthanc", 7), await Store.FeedCursorAsync("orthanc", default));
        Assert.Empty(await TakeAsync());
    }

    [Fact]
    public async Task Messages_of_one_exam_come_one_after_the_other()
    {
        await PutAsync(("e1", "A1"), ("e2", "A1"), ("e3", "A2"));

        Assert.Equal(["e1", "e3"], Keys(await TakeAsync()));
        Assert.Empty(await TakeAsync());
        await Store.MarkDeliveredAsync(1, default);
        Assert.Equal(["e2"], Keys(await TakeAsync()));
    }

    [Fact]
    public async Task A_message_whose_sender_died_is_due_again_after_its_lease()
    {
        await PutAsync(("e1", "A1"));
        Assert.Single(await TakeAsync());
        Time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Empty(await TakeAsync());

        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Assert.Single(await TakeAsync()).Attempts);
    }

    [Fact]
    public async Task A_failed_message_waits_and_holds_back_the_later_ones_of_its_exam_only()
    {
        await PutAsync(("e1", "A1"), ("e2", "A1"), ("e3", "A2"));
        OutboxEntry first = (await TakeAsync())[0];
        await Store.MarkFailedAsync(first.Id, Time.GetUtcNow() + TimeSpan.FromMinutes(10), "relay closed", default);
        await Store.MarkDeliveredAsync(3, default);

        Time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(await TakeAsync());
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["e1"], Keys(await TakeAsync()));
    }

    [Fact]
    public async Task A_parked_message_lets_later_ones_pass_and_can_be_sent_again()
    {
        await PutAsync(("e1", "A1"), ("e2", "A1"));
        await Store.ParkAsync((await TakeAsync())[0].Id, "the EMR refuses it", default);

        Assert.Equal(["e2"], Keys(await TakeAsync()));
        OutboxEntry parked = Assert.Single(await Store.ParkedAsync(OutboxTarget.Cloud, 10, default));
        Assert.Equal(("e1", "the EMR refuses it"), (parked.EventKey, parked.ParkedReason));

        Assert.True(await Store.UnparkAsync(OutboxTarget.Cloud, parked.Id, default));
        Assert.False(await Store.UnparkAsync(OutboxTarget.Cloud, parked.Id, default));
        Assert.Equal(["e1"], Keys(await TakeAsync()));
    }

    [Fact]
    public async Task Statistics_say_what_waits_and_since_when()
    {
        Assert.Equal(new OutboxStatistics(0, 0, null), await Store.OutboxStatisticsAsync(OutboxTarget.Cloud, default));
        await PutAsync(("e1", "A1"));
        Time.Advance(TimeSpan.FromMinutes(5));
        await PutAsync(("e2", "A2"), ("e3", "A3"));
        await Store.MarkDeliveredAsync(1, default);
        await Store.ParkAsync(2, "no", default);

        Assert.Equal(new OutboxStatistics(1, 1, Time.GetUtcNow()), await Store.OutboxStatisticsAsync(OutboxTarget.Cloud, default));
    }

    [Fact]
    public async Task Two_senders_at_once_never_get_the_same_message()
    {
        await PutAsync([.. Enumerable.Range(0, 60).Select(static i => ($"e{i}", $"A{i}"))]);

        IReadOnlyList<OutboxEntry>[] taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Task.Run(() => Store.TakeOutboxAsync(OutboxTarget.Cloud, 10, Lease, default))));

        Assert.Equal(taken.Sum(static list => list.Count), taken.SelectMany(static list => list).DistinctBy(static entry => entry.Id).Count());
    }

    private static NewOutboxEntry Message(string key, string order) => new()
    {
        Target = OutboxTarget.Cloud,
        EventKey = key,
        OrderKey = order,
        Kind = "test",
        Payload = """{"name":"홍길동"}"""u8.ToArray(),
    };

    private static IEnumerable<string> Keys(IReadOnlyList<OutboxEntry> entries) => entries.Select(static entry => entry.EventKey);

    private async Task PutAsync(params (string Key, string Order)[] messages)
    {
        foreach ((string key, string order) in messages) Assert.True(await Store.EnqueueAsync(Message(key, order), default));
    }

    private Task<IReadOnlyList<OutboxEntry>> TakeAsync() => Store.TakeOutboxAsync(OutboxTarget.Cloud, 10, Lease, default);

    private async Task DeliverAllAsync()
    {
        foreach (OutboxEntry entry in await TakeAsync()) await Store.MarkDeliveredAsync(entry.Id, default);
    }
}
