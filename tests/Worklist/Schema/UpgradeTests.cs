using Gantry.Worklist.Schema;
using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist.Tests.Schema;

public sealed class UpgradeTests : IDisposable
{
    private readonly SqlitePlace _place = new();

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schema", name));

    [Fact]
    public async Task A_store_of_version_1_keeps_its_orders_and_the_exam_under_way_goes_on()
    {
        await _place.ByAnotherProgramAsync(Fixture("version1.sql"));

        await using IWorklistStore store = await _place.OpenAsync();

        WorklistItem order = (await store.GetAsync("V1A", default))!;
        Assert.Equal(("1.2.3", "9.1", "m-1", "V1A", "2025-11-01T09:00:00.000Z"), (order.StudyInstanceUid, order.MppsInstanceUid,
            order.SourceMessageId, order.ScheduledStepId, order.UpdatedAt));
        Assert.Matches(@"^2\.25\.[0-9]{37}$", (await store.GetAsync("V1B", default))!.StudyInstanceUid);
        await store.ChangeStepAsync("9.1", static step => new StepChange.Update { Status = StepStatus.Completed, Dataset = step.Dataset }, default);
        Assert.Equal(StepStatus.Completed, (await store.GetStepAsync("9.1", default))!.Status);
        Assert.Equal(OrderStatus.Completed, (await store.GetAsync("V1A", default))!.Status);
        Assert.Equal("1\n2\n3\n4\n5\n6\n7", await _place.ByAnotherProgramAsync("SELECT version FROM schema_version ORDER BY version"));
    }

    [Fact]
    public async Task A_store_of_version_2_is_freed_of_padding_but_for_a_number_that_another_order_has()
    {
        await _place.ByAnotherProgramAsync(Fixture("version2.sql"));

        await using IWorklistStore store = await _place.OpenAsync();

        WorklistItem order = (await store.GetAsync("A1", default))!;
        Assert.Equal(("P1", "F", "20251101", "MG", "1.2.3", "A1"), (order.PatientId, order.PatientSex, order.ScheduledDate,
            order.Modality, order.StudyInstanceUid, order.ScheduledStepId));
        Assert.Equal("A1", await _place.ByAnotherProgramAsync("SELECT order_key FROM outbox"));
        await store.ChangeStepAsync("9.1", static step => new StepChange.Update { Status = StepStatus.Completed, Dataset = step.Dataset }, default);
        Assert.Equal(OrderStatus.Completed, (await store.GetAsync("A1", default))!.Status);

        Assert.Equal(("A2  ", "MR", "F"), await store.GetAsync("A2  ", default) is { } twin ? (twin.AccessionNumber, twin.Modality, twin.PatientSex) : default);
        Assert.Equal("JONES^MARY", (await store.GetAsync("A2", default))!.PatientName);
        Assert.Equal("A2  ", Assert.Single(await store.SetAsideItemsAsync(9, default)).Reference);
        await _place.ByAnotherProgramAsync("UPDATE worklist_items SET modality = 'ct' WHERE accession_number = 'A2  '");
        Assert.Equal("CT", (await store.GetAsync("A2  ", default))!.Modality);
    }

    [Fact]
    public async Task A_file_of_another_program_grows_in_place_and_keeps_every_row_and_column()
    {
        await _place.ByAnotherProgramAsync(Fixture("users-file.sql"));

        await using IWorklistStore store = await _place.OpenAsync();

        IReadOnlyList<WorklistItem> items = await store.FindAsync(new WorklistFilter(), default);
        Assert.Equal(["ROW-4 SCHEDULED", "U1 SCHEDULED", "U2 IN_PROGRESS", "U3 DISCONTINUED"],
            items.Select(static item => $"{item.AccessionNumber} {item.Status.ToText()}").Order(StringComparer.Ordinal));
        Assert.All(items, static item => Assert.NotNull(item.StudyInstanceUid));
        Assert.Equal("North", await _place.ByAnotherProgramAsync("SELECT ward FROM worklist_items WHERE accession_number = 'U1'"));
        Assert.Equal(["ROW-4", "U3"], (await store.SetAsideItemsAsync(9, default)).Select(static item => item.Reference).Order(StringComparer.Ordinal));

        await store.CreateStepAsync(new NewPerformedStep
        {
            SopInstanceUid = "9.1",
            Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
            References = [new ScheduledReference { AccessionNumber = "U1" }],
        }, default);
        Assert.Equal(OrderStatus.InProgress, (await store.GetAsync("U1", default))!.Status);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _place.ByAnotherProgramAsync("UPDATE worklist_items SET status = 'DONE' WHERE accession_number = 'U1'"));
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        await (await _place.OpenAsync()).DisposeAsync();
        await _place.ByAnotherProgramAsync("INSERT INTO schema_version VALUES (99, '2030-01-01')");

        var e = await Assert.ThrowsAsync<WorklistStoreException>(_place.OpenAsync);

        Assert.Equal(WorklistStoreFailure.NewerVersion, e.Failure);
        Assert.Contains($"'{_place.File}' has schema version 99, written by a newer Gantry; this one knows up to {Migrator.Newest}", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_once_on_an_old_store_both_come_up()
    {
        await _place.ByAnotherProgramAsync(Fixture("version1.sql"));

        IWorklistStore[] stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(_place.OpenAsync)));

        foreach (IWorklistStore store in stores)
        {
            Assert.Equal(2, (await store.StatisticsAsync(default)).Total);
            await store.DisposeAsync();
        }

        Assert.Equal("7", await _place.ByAnotherProgramAsync("SELECT count(*) FROM schema_version"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_is()
    {
        string letter = string.Concat(Enumerable.Repeat("Dear colleague, ", 100));
        await File.WriteAllTextAsync(_place.File, letter);

        var e = await Assert.ThrowsAsync<WorklistStoreException>(_place.OpenAsync);

        Assert.Equal(WorklistStoreFailure.NotAStore, e.Failure);
        Assert.Contains(_place.File, e.Message, StringComparison.Ordinal);
        Assert.Equal(letter, await File.ReadAllTextAsync(_place.File));
    }

    [Theory]
    [InlineData("/dev/null/worklist.db")]
    [InlineData("/proc/worklist.db")]
    public async Task A_place_where_no_file_can_be_is_named_with_the_way_out(string path)
    {
        var e = await Assert.ThrowsAsync<WorklistStoreException>(() => WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = path }, NullLoggerFactory.Instance, TimeProvider.System, default));

        Assert.Equal(WorklistStoreFailure.CannotOpen, e.Failure);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        var e = await Assert.ThrowsAsync<WorklistStoreException>(() => WorklistStores.OpenAsync(
            new WorklistStoreOptions { Postgres = "Host=127.0.0.1;Port=1;Database=orders;Username=u;Password=secret-word" },
            NullLoggerFactory.Instance, TimeProvider.System, default));

        Assert.Equal(WorklistStoreFailure.CannotOpen, e.Failure);
        Assert.Contains("127.0.0.1:1/orders", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("worklist.db", "Host=x")]
    public async Task Either_a_file_or_a_server_is_needed(string? file, string? server) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = file, Postgres = server }, NullLoggerFactory.Instance, TimeProvider.System, default));

    public void Dispose() => _place.Dispose();
}
