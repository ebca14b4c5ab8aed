using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Steps;

public sealed class SqliteCreateStepTests : CreateStepTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresCreateStepTests(PostgresFixture fixture) : CreateStepTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class CreateStepTests : StepTest
{
    [Fact]
    public async Task A_created_step_moves_its_order_and_tells_cloud_and_emr()
    {
        await Store.AddAsync(Order("A1") with { SourceMessageId = "m-1", StudyInstanceUid = "1.2.3" }, default);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["A1"], await CreateAsync(Step("9.1", For("A1", "1.2.3"))));

        WorklistItem order = (await Store.GetAsync("A1", default))!;
        Assert.Equal((OrderStatus.InProgress, "9.1", "2026-01-05T09:01:00.000Z"), (order.Status, order.MppsInstanceUid, order.UpdatedAt));
        OutboxEntry toCloud = Assert.Single(await Store.TakeOutboxAsync(OutboxTarget.Cloud, 10, TimeSpan.FromMinutes(1), default));
        OutboxEntry toEmr = Assert.Single(await Store.TakeOutboxAsync(OutboxTarget.Emr, 10, TimeSpan.FromMinutes(1), default));
        Assert.Equal((StatusEvent.Kind, "A1", toEmr.EventKey), (toCloud.Kind, toCloud.OrderKey, toCloud.EventKey));
        Assert.Equal(new StatusEvent
        {
            EventId = toCloud.EventKey,
            AccessionNumber = "A1",
            Status = "IN PROGRESS",
            SourceMessageId = "m-1",
            StudyInstanceUid = "1.2.3",
            MppsInstanceUid = "9.1",
            StartTime = "20260105100500",
            Timestamp = Time.GetUtcNow(),
        }, StatusEvent.Parse(toCloud.Payload.Span));
    }

    [Fact]
    public async Task The_whole_step_is_there_after_a_restart()
    {
        await Store.AddAsync(Order("A1"), default);
        NewPerformedStep created = Step("9.1", For("A1", "1.2.3", "S1"), For("A9")) with { Warnings = ["No protocol name.", "No end."] };
        await CreateAsync(created);

        await RestartAsync();

        PerformedStep step = (await Store.GetStepAsync("9.1", default))!;
        Assert.Equal(created.Dataset.Bytes.ToArray(), step.Dataset.Bytes.ToArray());
        Assert.Equal(("1.2.840.10008.1.2.1", "ISO_IR 192", StepStatus.InProgress),
            (step.Dataset.TransferSyntaxUid, step.Dataset.CharacterSet, step.Status));
        Assert.Equal(("A1", "1.2.3", "MG", "P-A1", "SMITH^JANE", "20260105100500", null, "MODALITY"), (step.AccessionNumber,
            step.StudyInstanceUid, step.Modality, step.PatientId, step.PatientName, step.StartTime, step.EndTime, step.CallingAeTitle));
        Assert.Equal(created.References, step.References);
        Assert.Equal(created.Warnings, step.Warnings);
        Assert.Equal(["A1"], step.Orders);
        Assert.False(step.IsUnscheduled);
    }

    [Fact]
    public async Task The_order_is_found_by_study_uid_before_accession_number_before_step_id_and_patient()
    {
        await Store.AddAsync([
            Order("A1") with { StudyInstanceUid = "1.2.3" },
            Order("A2") with { ScheduledStepId = "S2", PatientId = "P2" },
            Order("A3") with { ScheduledStepId = "S2", PatientId = "P3" },
        ], default);

        Assert.Equal(["A1"], await CreateAsync(Step("9.1", For("A2", "1.2.3", "S2"))));
        Assert.Equal(["A2"], await CreateAsync(Step("9.2", For("A2", "1.9.9", "S2")) with { PatientId = "P3" }));
        Assert.Equal(["A3"], await CreateAsync(Step("9.3", For("", "", "S2")) with { PatientId = "P3" }));
        Assert.Empty(await CreateAsync(Step("9.4", For("", "", "S2")) with { PatientId = "P4" }));
        Assert.Empty(await CreateAsync(Step("9.5", For("", "", "S2")) with { PatientId = "" }));
    }

    [Fact]
    public async Task Of_orders_sharing_a_study_the_one_named_moves_else_all()
    {
        await Store.AddAsync([.. Enumerable.Range(1, 3).Select(static i => Order($"A{i}") with { StudyInstanceUid = "1.2.3" })], default);

        Assert.Equal(["A2"], await CreateAsync(Step("9.1", For("A2", "1.2.3"))));
        Assert.Equal(["A3"], await CreateAsync(Step("9.2", For(null, "1.2.3", "A3"))));
        Assert.Equal(["A1", "A2", "A3"], await CreateAsync(Step("9.3", For(null, "1.2.3"))));
    }

    [Fact]
    public async Task A_step_for_several_orders_moves_them_all()
    {
        await Store.AddAsync([Order("A1"), Order("A2"), Order("A3")], default);

        Assert.Equal(["A1", "A3"], await CreateAsync(Step("9.1", For("A3"), For("A1"), For("A1"))));

        Assert.Equal([OrderStatus.InProgress, OrderStatus.Scheduled, OrderStatus.InProgress],
            [await StatusAsync("A1"), await StatusAsync("A2"), await StatusAsync("A3")]);
        Assert.Equal(["A1 IN PROGRESS 9.1", "A3 IN PROGRESS 9.1"], await DeliverAsync(OutboxTarget.Emr));
    }

    [Fact]
    public async Task A_step_without_an_order_is_recorded_as_unscheduled()
    {
        Assert.Empty(await CreateAsync(Step("9.1", For("", "1.2.3"))));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await CreateAsync(Step("9.2")));

        IReadOnlyList<PerformedStep> unscheduled = await Store.UnscheduledStepsAsync(10, default);
        Assert.Equal(["9.2", "9.1"], unscheduled.Select(static step => step.SopInstanceUid));
        Assert.All(unscheduled, static step => Assert.True(step.IsUnscheduled));
        Assert.Empty(await DeliverAsync(OutboxTarget.Cloud));
    }

    [Fact]
    public async Task A_second_step_with_the_same_uid_changes_nothing_and_shows_the_first()
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        await CreateAsync(Step("9.1", For("A1")));

        var duplicate = Assert.IsType<CreateStepOutcome.Duplicate>(
            await Store.CreateStepAsync(Step("9.1", For("A2")) with { Dataset = Content("other") }, default));

        Assert.Equal("created 9.1"u8.ToArray(), duplicate.Existing.Dataset.Bytes.ToArray());
        Assert.Equal(["A1"], duplicate.Existing.Orders);
        Assert.Equal(OrderStatus.Scheduled, await StatusAsync("A2"));
        Assert.Equal(["A1 IN PROGRESS 9.1"], await DeliverAsync(OutboxTarget.Cloud));
    }

    [Fact]
    public async Task One_uid_from_many_callers_at_once_is_created_once()
    {
        await Store.AddAsync(Order("A1"), default);

        CreateStepOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => Store.CreateStepAsync(Step("9.1", For("A1")), default))));

        Assert.Single(outcomes.OfType<CreateStepOutcome.Created>());
        Assert.Equal(11, outcomes.OfType<CreateStepOutcome.Duplicate>().Count());
    }

    [Fact]
    public async Task A_completed_order_stays_completed_when_another_step_begins()
    {
        await Store.AddAsync(Order("A1"), default);
        await CreateAsync(Step("9.1", For("A1")));
        await SetAsync("9.1", StepStatus.Completed);
        await DeliverAsync(OutboxTarget.Cloud);

        Assert.Equal(["A1"], await CreateAsync(Step("9.2", For("A1"))));

        WorklistItem order = (await Store.GetAsync("A1", default))!;
        Assert.Equal((OrderStatus.Completed, "9.1"), (order.Status, order.MppsInstanceUid));
        Assert.Empty(await DeliverAsync(OutboxTarget.Cloud));
    }
}
