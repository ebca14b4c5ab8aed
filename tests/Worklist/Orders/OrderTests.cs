using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

public sealed class SqliteOrderTests : OrderTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresOrderTests(PostgresFixture fixture) : OrderTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class OrderTests : StoreTest
{
    [Fact]
    public async Task An_order_comes_back_as_it_was_added_column_by_column()
    {
        WorklistItem full = WorklistColumns.Item(column => column == WorklistColumn.Status ? "COMPLETED" : $"{column}|값é") with { Modality = "MODALITY|값é" };

        AddOutcome outcome = await Store.AddAsync(full, default);

        Assert.Equal(new AddOutcome(AddResult.Created, full), outcome);
        Assert.Equal(full, await Store.GetAsync(full.AccessionNumber, default));
        Assert.Equal([full], await Store.FindAsync(new WorklistFilter(), default));
    }

    [Fact]
    public async Task What_is_missing_is_filled_in_once_and_kept()
    {
        WorklistItem added = (await Store.AddAsync(Order("A1"), default)).Item;

        Assert.Matches(@"^2\.25\.[1-9][0-9]{36}$", added.StudyInstanceUid);
        Assert.Equal(("A1", "A1", OrderStatus.Scheduled), (added.RequestedProcedureId, added.ScheduledStepId, added.Status));
        Assert.Equal(("2026-01-05T09:00:00.000Z", "2026-01-05T09:00:00.000Z"), (added.CreatedAt, added.UpdatedAt));

        await RestartAsync();
        Assert.Equal(added, await Store.GetAsync("A1", default));
    }

    [Fact]
    public async Task The_same_message_twice_makes_one_order()
    {
        WorklistItem item = Order("A1") with { SourceMessageId = "m-1" };
        WorklistItem made = (await Store.AddAsync(item, default)).Item;

        AddOutcome again = await Store.AddAsync(item with { PatientName = "OTHER" }, default);

        Assert.Equal(new AddOutcome(AddResult.SameMessage, made), again);
        Assert.Equal(1, (await Store.StatisticsAsync(default)).Total);
    }

    [Fact]
    public async Task The_same_message_from_many_callers_at_once_makes_one_order()
    {
        WorklistItem item = Order("A1") with { SourceMessageId = "m-1" };

        AddOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.AddAsync(item, default))));

        Assert.Single(outcomes, static outcome => outcome.Result == AddResult.Created);
        Assert.Equal(7, outcomes.Count(static outcome => outcome.Result == AddResult.SameMessage));
    }

    [Fact]
    public async Task Another_message_with_a_known_accession_number_changes_nothing()
    {
        WorklistItem made = (await Store.AddAsync(Order("A1") with { SourceMessageId = "m-1" }, default)).Item;

        AddOutcome other = await Store.AddAsync(Order("A1") with { SourceMessageId = "m-2", PatientName = "OTHER" }, default);

        Assert.Equal(new AddOutcome(AddResult.Exists, made), other);
    }

    [Fact]
    public async Task A_new_status_is_stored_and_stamped()
    {
        await Store.AddAsync(Order("A1"), default);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await Store.UpdateStatusAsync("A1", OrderStatus.InProgress, default));
        Assert.False(await Store.UpdateStatusAsync("A2", OrderStatus.InProgress, default));

        WorklistItem changed = (await Store.GetAsync("A1", default))!;
        Assert.Equal((OrderStatus.InProgress, "2026-01-05T09:01:00.000Z"), (changed.Status, changed.UpdatedAt));
    }

    [Fact]
    public async Task A_removed_order_is_gone()
    {
        await Store.AddAsync(Order("A1"), default);

        Assert.True(await Store.RemoveAsync("A1", default));
        Assert.False(await Store.RemoveAsync("A1", default));
        Assert.Null(await Store.GetAsync("A1", default));
    }

    [Fact]
    public async Task Statistics_count_every_status()
    {
        await Store.AddAsync([Order("A1"), Order("A2"), Order("A3") with { Status = OrderStatus.Completed }], default);

        WorklistStatistics statistics = await Store.StatisticsAsync(default);

        Assert.Equal([2L, 0L, 1L, 0L], OrderStatuses.All.Select(status => statistics.Counts[status]));
        Assert.Equal(3, statistics.Total);
    }

    [Fact]
    public async Task Pages_follow_each_other_in_order()
    {
        await Store.AddAsync([.. Enumerable.Range(0, 7).Select(static i => Order($"A{i}", time: $"1{i}0000"))], default);

        IReadOnlyList<WorklistItem> page = await Store.FindAsync(new WorklistFilter { Skip = 3, Take = 2 }, default);

        Assert.Equal(["A3", "A4"], page.Select(static item => item.AccessionNumber));
        Assert.Empty(await Store.FindAsync(new WorklistFilter { Skip = 9 }, default));
    }

    [Fact]
    public async Task Demo_orders_are_seeded_into_an_empty_store_only()
    {
        var today = new DateOnly(2026, 1, 5);

        Assert.True(await DemoWorklist.SeedAsync(Store, today, default));
        await Store.RemoveAsync("ACC000", default);
        Assert.False(await DemoWorklist.SeedAsync(Store, today, default));

        Assert.Equal(["ACC001", "ACC002", "4567"], await AccessionsAsync(new WorklistCriteria { DateFrom = "20260105", DateTo = "20260105" }));
    }

    [Fact]
    public async Task A_value_the_engine_cannot_hold_is_refused_alone()
    {
        Task<AddOutcome> bad = Store.AddAsync(Order("A1") with { Status = (OrderStatus)99 }, default);
        Task<AddOutcome> good = Store.AddAsync(Order("A2"), default);

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.Equal(AddResult.Created, (await good).Result);
    }
}
