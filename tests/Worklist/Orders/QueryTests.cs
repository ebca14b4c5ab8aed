using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Orders;

public sealed class SqliteQueryTests : QueryTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresQueryTests(PostgresFixture fixture) : QueryTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class QueryTests : StoreTest
{
    private static readonly string?[] Dates = ["20260104", "20260105", "20260106", null];
    private static readonly string[] Modalities = ["MG", "MR", "CT"];

    /// <summary>Every combination of conditions that has an SQL of its own, against the same conditions said in C#.</summary>
    [Fact]
    public async Task Every_shape_of_criteria_finds_what_it_says_in_order()
    {
        List<WorklistItem> orders = Orders();
        await Store.AddAsync(orders, default);

        foreach (WorklistCriteria criteria in Shapes())
        {
            IEnumerable<string> expected = orders.Where(order => Matches(criteria, order))
                .OrderBy(static order => order.ScheduledDate, StringComparer.Ordinal)
                .ThenBy(static order => order.ScheduledTime, StringComparer.Ordinal)
                .ThenBy(static order => order.AccessionNumber, StringComparer.Ordinal)
                .Select(static order => order.AccessionNumber);
            List<string> found = await AccessionsAsync(criteria);
            Assert.True(expected.SequenceEqual(found), $"{criteria}: {string.Join(' ', found)}");
        }
    }

    [Fact]
    public async Task Text_is_compared_byte_by_byte()
    {
        await Store.AddAsync([Order("a1"), Order("A1"), Order("B1"), Order("Ä1")], default);

        Assert.Equal(["A1", "B1", "a1", "Ä1"], await AccessionsAsync(new WorklistCriteria()));
        Assert.Equal(["a1"], await AccessionsAsync(new WorklistCriteria { AccessionNumber = "a1" }));
    }

    [Fact]
    public async Task Only_the_columns_asked_for_are_read()
    {
        await Store.AddAsync(Order("A1"), default);

        await using IWorklistCursor cursor = await Store.QueryAsync(new WorklistCriteria { Columns = [WorklistColumn.PatientSex] }, default);
        Assert.True(cursor[WorklistColumn.PatientSex].IsEmpty);
        Assert.True(await cursor.ReadAsync(default));

        Assert.Equal("F"u8.ToArray(), cursor[WorklistColumn.PatientSex].ToArray());
        Assert.True(cursor[WorklistColumn.PatientName].IsEmpty);
        Assert.False(await cursor.ReadAsync(default));
        Assert.False(await cursor.ReadAsync(default));
        Assert.True(cursor[WorklistColumn.PatientSex].IsEmpty);
    }

    [Fact]
    public async Task A_slow_reader_keeps_its_view_and_hinders_nobody()
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        await using IWorklistCursor slow = await Store.QueryAsync(new WorklistCriteria(), default);
        Assert.True(await slow.ReadAsync(default));

        await Store.RemoveAsync("A2", default);
        await Store.AddAsync(Order("A3"), default);
        Assert.Equal(["A1", "A3"], await AccessionsAsync(new WorklistCriteria()));

        Assert.True(await slow.ReadAsync(default));
        Assert.Equal("A2"u8.ToArray(), slow[WorklistColumn.AccessionNumber].ToArray());
        Assert.False(await slow.ReadAsync(default));
    }

    [Fact]
    public async Task Forty_lists_can_be_open_at_once()
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        var open = new List<IWorklistCursor>();
        for (int i = 0; i < 40; i++) open.Add(await Store.QueryAsync(new WorklistCriteria(), default));

        foreach (IWorklistCursor cursor in open) Assert.True(await cursor.ReadAsync(default));
        foreach (IWorklistCursor cursor in open) await cursor.DisposeAsync();

        Assert.Equal(2, (await AccessionsAsync(new WorklistCriteria())).Count);
    }

    [Fact]
    public async Task A_cancelled_read_is_cancelled_and_the_store_goes_on()
    {
        await Store.AddAsync(Order("A1"), default);
        await using (IWorklistCursor cursor = await Store.QueryAsync(new WorklistCriteria(), default))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cursor.ReadAsync(new CancellationToken(canceled: true)));

        Assert.Equal(["A1"], await AccessionsAsync(new WorklistCriteria()));
    }

    private static List<WorklistItem> Orders()
    {
        var random = new Random(42);
        return [.. Enumerable.Range(0, 120).Select(i => Order($"A{i:D3}", Modalities[i % 3], time: $"{random.Next(8, 12):D2}0000") with
        {
            ScheduledDate = Dates[random.Next(4)],
            Status = OrderStatuses.All[random.Next(4)],
            PatientId = $"P{i % 10}",
            RequestedProcedureId = $"R{i % 7}",
            ScheduledStepId = $"S{i % 5}",
            StudyInstanceUid = $"1.2.{i % 20}",
        })];
    }

    private static IEnumerable<WorklistCriteria> Shapes() =>
        from statuses in new OrderStatus[][] { [], [OrderStatus.Scheduled], [OrderStatus.Completed, OrderStatus.Scheduled], [.. OrderStatuses.All] }
        from modalities in new string[]?[] { null, ["MG"], ["CT", "MG", "CT"], ["MR", "CT", "MG", "US", "XA"] }
        from dates in new (string? From, string? To)[] { (null, null), ("20260105", null), (null, "20260105"), ("20260105", "20260105") }
        from key in new WorklistCriteria[]
        {
            new(), new() { AccessionNumber = "A010" }, new() { PatientId = "P3" }, new() { RequestedProcedureId = "R2" },
            new() { ScheduledStepId = "S1", PatientId = "P1" }, new() { StudyInstanceUids = ["1.2.3", "1.2.5", "1.2.3"] },
        }
        select key with { Statuses = statuses, Modalities = modalities, DateFrom = dates.From, DateTo = dates.To };

    private static bool Matches(WorklistCriteria criteria, WorklistItem order) =>
        (criteria.Statuses.Count == 0 || criteria.Statuses.Contains(order.Status))
        && (criteria.Modalities is null || criteria.Modalities.Contains(order.Modality))
        && (criteria.DateFrom is null || string.CompareOrdinal(order.ScheduledDate, criteria.DateFrom) >= 0)
        && (criteria.DateTo is null || (order.ScheduledDate is not null && string.CompareOrdinal(order.ScheduledDate, criteria.DateTo) <= 0))
        && (criteria.AccessionNumber ?? order.AccessionNumber) == order.AccessionNumber
        && (criteria.PatientId ?? order.PatientId) == order.PatientId
        && (criteria.RequestedProcedureId ?? order.RequestedProcedureId) == order.RequestedProcedureId
        && (criteria.ScheduledStepId ?? order.ScheduledStepId) == order.ScheduledStepId
        && (criteria.StudyInstanceUids is null || criteria.StudyInstanceUids.Contains(order.StudyInstanceUid));
}
