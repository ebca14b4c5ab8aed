using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Steps;

public sealed class SqliteChangeStepTests : ChangeStepTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresChangeStepTests(PostgresFixture fixture) : ChangeStepTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class ChangeStepTests : StepTest
{
    [Theory]
    [InlineData(StepStatus.Completed, OrderStatus.Completed)]
    [InlineData(StepStatus.Discontinued, OrderStatus.Discontinued)]
    public async Task A_final_status_is_followed_by_every_order_and_told(StepStatus status, OrderStatus expected)
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        await CreateAsync(Step("9.1", For("A1"), For("A2")));

        PerformedStep step = await SetAsync("9.1", status);

        Assert.Equal((status, "20260105103000"), (step.Status, step.EndTime));
        Assert.Equal([expected, expected], [await StatusAsync("A1"), await StatusAsync("A2")]);
        string word = status.ToText();
        Assert.Equal(["A1 IN PROGRESS 9.1", "A1 " + word + " 9.1", "A2 IN PROGRESS 9.1", "A2 " + word + " 9.1"],
            (await DeliverAsync(OutboxTarget.Cloud)).OrderBy(static told => told[..2]));
        Assert.Equal("changed"u8.ToArray(), (await Store.GetStepAsync("9.1", default))!.Dataset.Bytes.ToArray());
    }

    [Fact]
    public async Task An_update_in_between_changes_the_object_and_tells_nobody()
    {
        await Store.AddAsync(Order("A1"), default);
        await CreateAsync(Step("9.1", For("A1")) with { Warnings = ["first"] });
        await DeliverAsync(OutboxTarget.Emr);

        await Store.ChangeStepAsync("9.1", static step => new StepChange.Update
        {
            Status = StepStatus.InProgress,
            Dataset = step.Dataset with { CharacterSet = "ISO_IR 100" },
            Warnings = ["second"],
        }, default);

        PerformedStep step = (await Store.GetStepAsync("9.1", default))!;
        Assert.Equal((StepStatus.InProgress, "ISO_IR 100", null), (step.Status, step.Dataset.CharacterSet, step.EndTime));
        Assert.Equal(["first", "second"], step.Warnings);
        Assert.Empty(await DeliverAsync(OutboxTarget.Emr));
    }

    [Fact]
    public async Task An_unknown_step_is_refused_without_asking()
    {
        var refused = Assert.IsType<ChangeStepOutcome.Refused>(
            await Store.ChangeStepAsync("9.9", static _ => throw new InvalidOperationException("Must not be asked."), default));

        Assert.Equal((StepRefusal.NotFound, null), (refused.Reason, refused.Step));
    }

    [Theory]
    [InlineData(StepStatus.Completed)]
    [InlineData(StepStatus.Discontinued)]
    public async Task A_finished_step_may_no_longer_be_updated(StepStatus status)
    {
        await CreateAsync(Step("9.1"));
        await SetAsync("9.1", status);

        var refused = Assert.IsType<ChangeStepOutcome.Refused>(
            await Store.ChangeStepAsync("9.1", static _ => Become(StepStatus.InProgress, "too late"), default));

        Assert.Equal((StepRefusal.NoLongerUpdatable, status), (refused.Reason, refused.Step!.Status));
        Assert.Equal("changed"u8.ToArray(), (await Store.GetStepAsync("9.1", default))!.Dataset.Bytes.ToArray());
    }

    [Fact]
    public async Task What_the_caller_refuses_or_throws_changes_nothing()
    {
        await CreateAsync(Step("9.1"));

        Assert.Equal(StepRefusal.InvalidStatus, Assert.IsType<ChangeStepOutcome.Refused>(
            await Store.ChangeStepAsync("9.1", static _ => new StepChange.Refuse(StepRefusal.InvalidStatus), default)).Reason);
        var thrown = await Assert.ThrowsAsync<TimeZoneNotFoundException>(
            () => Store.ChangeStepAsync("9.1", static _ => throw new TimeZoneNotFoundException("mine"), default));

        Assert.Equal("mine", thrown.Message);
        Assert.Equal("created 9.1"u8.ToArray(), (await Store.GetStepAsync("9.1", default))!.Dataset.Bytes.ToArray());
    }

    [Fact]
    public async Task An_order_under_way_again_is_not_discontinued_by_its_older_step()
    {
        await Store.AddAsync(Order("A1"), default);
        await CreateAsync(Step("9.1", For("A1")));
        await CreateAsync(Step("9.2", For("A1")));

        await SetAsync("9.1", StepStatus.Discontinued);
        Assert.Equal(OrderStatus.InProgress, await StatusAsync("A1"));
        await SetAsync("9.2", StepStatus.Completed);
        Assert.Equal(OrderStatus.Completed, await StatusAsync("A1"));
    }

    [Fact]
    public async Task Of_many_callers_finishing_a_step_at_once_one_succeeds()
    {
        await CreateAsync(Step("9.1"));

        ChangeStepOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            Task.Run(() => Store.ChangeStepAsync("9.1", static _ => Become(StepStatus.Completed), default))));

        Assert.Single(outcomes.OfType<ChangeStepOutcome.Changed>());
        Assert.Equal(11, outcomes.OfType<ChangeStepOutcome.Refused>().Count(static one => one.Reason == StepRefusal.NoLongerUpdatable));
    }

    [Fact]
    public async Task Among_many_callers_a_failing_one_hurts_no_neighbour()
    {
        await Store.AddAsync([.. Enumerable.Range(0, 48).Select(static i => Order($"A{i}"))], default);

        await Task.WhenAll(Enumerable.Range(0, 48).Select(i => Task.Run(async () =>
        {
            await CreateAsync(Step($"9.{i}", For($"A{i}")));
            Task<ChangeStepOutcome> change = Store.ChangeStepAsync($"9.{i}",
                _ => i % 5 == 0 ? throw new TimeZoneNotFoundException() : Become(StepStatus.Completed), default);
            if (i % 5 == 0) await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => change);
            else Assert.IsType<ChangeStepOutcome.Changed>(await change);
        })));

        WorklistStatistics statistics = await Store.StatisticsAsync(default);
        Assert.Equal((10, 38), (statistics.Counts[OrderStatus.InProgress], statistics.Counts[OrderStatus.Completed]));
        Assert.Equal(48 + 38, (await Store.OutboxStatisticsAsync(OutboxTarget.Cloud, default)).Pending);
    }
}
