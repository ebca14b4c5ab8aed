using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Outbox;

public sealed class SqliteSetAsideTests : SetAsideTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresSetAsideTests(PostgresFixture fixture) : SetAsideTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);
}

public abstract class SetAsideTests : StoreTest
{
    [Fact]
    public async Task What_is_set_aside_is_listed_until_it_is_mended()
    {
        DateTimeOffset first = Time.GetUtcNow();
        await Store.SetAsideAsync("A1", "accession number longer than 16 characters", default);
        Time.Advance(TimeSpan.FromMinutes(5));
        await Store.SetAsideAsync("A2", "no modality", default);
        Time.Advance(TimeSpan.FromMinutes(5));
        await Store.SetAsideAsync("A1", "modality not a CS", default);
        DateTimeOffset last = Time.GetUtcNow();

        IReadOnlyList<SetAsideItem> items = await Store.SetAsideItemsAsync(10, default);
        Assert.Equal(new SetAsideItem("A1", "modality not a CS", first, last), items[0]);
        Assert.Equal("A2", items[1].Reference);

        Assert.True(await Store.ClearSetAsideAsync("A1", default));
        Assert.False(await Store.ClearSetAsideAsync("A1", default));
        Assert.Equal("A2", Assert.Single(await Store.SetAsideItemsAsync(10, default)).Reference);
    }

    [Fact]
    public async Task A_list_is_set_aside_at_once()
    {
        await Store.SetAsideAsync([("A1", "no modality"), ("A2", "no date"), ("A1", "no date either")], default);
        await Store.SetAsideAsync([], default);

        Assert.Equal(["A1 no date either", "A2 no date"],
            (await Store.SetAsideItemsAsync(10, default)).Select(static item => $"{item.Reference} {item.Reason}").Order(StringComparer.Ordinal));
    }
}
