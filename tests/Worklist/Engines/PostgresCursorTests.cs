using Gantry.Worklist.Engines.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gantry.Worklist.Tests.Engines;

[Collection(PostgresRuns.Name)]
public sealed class PostgresCursorTests(PostgresFixture fixture) : StoreTest
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);

    [Fact]
    public async Task Slow_readers_of_lists_leave_connections_for_steps()
    {
        await Store.AddAsync([Order("A1"), Order("A2")], default);
        await using IWorklistStore few = await WorklistStores.OpenAsync(
            Place.Options with { Postgres = Place.Options.Postgres + ";Maximum Pool Size=4;Timeout=1" }, NullLoggerFactory.Instance, Time, default);
        var lists = new List<IWorklistCursor>();
        for (int i = 0; i < 3; i++)
        {
            lists.Add(await few.QueryAsync(new WorklistCriteria(), default));
            await lists[^1].ReadAsync(default);
        }

        var refused = await Assert.ThrowsAsync<WorklistStoreException>(async () => await few.QueryAsync(new WorklistCriteria(), default));
        Assert.Equal(WorklistStoreFailure.Busy, refused.Failure);
        Assert.Contains("Maximum Pool Size can be raised", refused.Message, StringComparison.Ordinal);
        Assert.True(await few.UpdateStatusAsync("A1", OrderStatus.Completed, default));
        foreach (IWorklistCursor list in lists) await list.DisposeAsync();
        Assert.Equal(2, (await few.FindAsync(new WorklistFilter(), default)).Count);
    }

    [Theory]
    [InlineData("Host=x", 20, 60)]
    [InlineData("Host=x;Maximum Pool Size=100", 20, 80)]
    [InlineData("Host=x;MaxPoolSize=8", 2, 6)]
    [InlineData("Host=x;Maximum Pool Size=1", 1, 1)]
    public void The_connections_allowed_are_shared_between_transactions_and_lists(string settings, int transactions, int lists) =>
        Assert.Equal((transactions, lists), PostgresEngine.Shares(new NpgsqlConnectionStringBuilder(settings)));

    [Fact]
    public async Task A_list_whose_server_goes_away_ends_without_another_complaint()
    {
        await Place.ByAnotherProgramAsync(
            "INSERT INTO worklist_items (accession_number, patient_name) SELECT 'A' || n, repeat('X', 1000) FROM generate_series(1, 20000) AS n");
        await using IWorklistStore alone = await WorklistStores.OpenAsync(
            Place.Options with { Postgres = Place.Options.Postgres + ";Application Name=to-be-ended" }, NullLoggerFactory.Instance, Time, default);
        IWorklistCursor list = await alone.QueryAsync(new WorklistCriteria(), default);
        Assert.True(await list.ReadAsync(default));
        await Place.ByAnotherProgramAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'to-be-ended'");

        await list.DisposeAsync();
        Assert.Single(await alone.FindAsync(new WorklistFilter { Take = 1 }, default));
    }
}
