using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

public sealed class SqliteOrderActionTests : OrderActionTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresOrderActionTests(PostgresFixture fixture) : OrderActionTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

/// <summary>Actions that are done once, however often they come.</summary>
public abstract class OrderActionTests : StoreTest
{
    [Fact]
    public async Task The_same_action_at_once_makes_one_order_and_all_hear_that_it_was_made()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AddAsync("m1", "A1"))));

        Assert.All(outcomes, static outcome => Assert.Equal(OrderActionResult.Created, outcome.Result));
        Assert.Single(outcomes, static outcome => !outcome.IsRepeated);
        Assert.Equal("m1", Assert.Single(await Store.FindAsync(new(), default)).SourceMessageId);
    }

    [Fact]
    public async Task An_action_that_comes_again_after_its_order_was_removed_does_not_bring_it_back()
    {
        await AddAsync("m1", "A1");
        Assert.Equal(new(OrderActionResult.Removed, false), await Store.PerformOnceAsync("m2", new OrderAction.Remove("A1"), default));

        Assert.Equal(new(OrderActionResult.Created, true), await AddAsync("m1", "A1"));
        Assert.Equal(new(OrderActionResult.Removed, true), await Store.PerformOnceAsync("m2", new OrderAction.Remove("A1"), default));
        Assert.Null(await Store.GetAsync("A1", default));
    }

    [Fact]
    public async Task A_number_that_is_taken_is_told_each_time()
    {
        await Store.AddAsync(Order("A1"), default);

        Assert.Equal(new(OrderActionResult.Exists, false), await AddAsync("m1", "A1"));
        await Store.RemoveAsync("A1", default);
        Assert.Equal(new(OrderActionResult.Exists, true), await AddAsync("m1", "A1"));
    }

    [Fact]
    public async Task A_status_set_once_is_not_set_back_by_the_same_action()
    {
        await AddAsync("m1", "A1");
        var complete = new OrderAction.SetStatus("A1", OrderStatus.Completed);
        Assert.Equal(OrderActionResult.Updated, (await Store.PerformOnceAsync("m2", complete, default)).Result);
        await Store.UpdateStatusAsync("A1", OrderStatus.Scheduled, default);

        Assert.Equal(new(OrderActionResult.Updated, true), await Store.PerformOnceAsync("m2", complete, default));
        Assert.Equal(OrderStatus.Scheduled, (await Store.GetAsync("A1", default))!.Status);
        Assert.Equal(OrderActionResult.NotFound, (await Store.PerformOnceAsync("m3", new OrderAction.Remove("none"), default)).Result);
    }

    private Task<OrderActionOutcome> AddAsync(string action, string accession) =>
        Store.PerformOnceAsync(action, new OrderAction.Add(Order(accession) with { SourceMessageId = action }), default);
}
