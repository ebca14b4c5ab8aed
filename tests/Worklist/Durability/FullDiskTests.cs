using Gantry.Worklist.Tests.Engines;
using Gantry.Worklist.Tests.Steps;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist.Tests.Durability;

public sealed class FullDiskTests : StepTest
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Fact]
    public async Task When_no_room_is_left_the_write_is_refused_and_what_was_stored_stays()
    {
        await using IWorklistStore small = await WorklistStores.OpenAsync(
            Place.Options with { MaximumPages = 120 }, NullLoggerFactory.Instance, Time, default);
        string big = new('x', 20_000);
        WorklistStoreException? full = null;
        int stored = 0;
        while (full is null)
            try
            {
                await small.CreateStepAsync(Step($"9.{stored}") with { Dataset = Content(big) }, default);
                stored++;
            }
            catch (WorklistStoreException e)
            {
                full = e;
            }

        Assert.Equal(WorklistStoreFailure.DiskFull, full.Failure);
        Assert.Contains(((SqlitePlace)Place).File, full.Message, StringComparison.Ordinal);
        Assert.Equal(stored, (await small.UnscheduledStepsAsync(1000, default)).Count);
        Assert.Null(await small.GetStepAsync($"9.{stored}", default));
        await Store.CreateStepAsync(Step($"9.{stored}"), default);
        Assert.NotNull(await small.GetStepAsync($"9.{stored}", default));
    }

    [Fact]
    public async Task A_schema_that_finds_no_room_half_way_goes_on_where_it_was_once_there_is_some()
    {
        var refused = 0;
        for (int pages = 1; ; pages += 3)
        {
            await using var place = new SqlitePlace();
            try
            {
                await (await WorklistStores.OpenAsync(place.Options with { MaximumPages = pages }, NullLoggerFactory.Instance, Time, default)).DisposeAsync();
                break;
            }
            catch (WorklistStoreException e)
            {
                Assert.Equal(WorklistStoreFailure.DiskFull, e.Failure);
                refused++;
            }

            await using IWorklistStore again = await WorklistStores.OpenAsync(place.Options, NullLoggerFactory.Instance, Time, default);
            await again.AddAsync(Order("A1"), default);
            Assert.NotNull(await again.GetAsync("A1", default));
        }

        Assert.True(refused > 5, $"{refused} places were too small");
    }

    [Fact]
    public async Task When_another_program_holds_the_file_the_write_says_so_and_reading_goes_on()
    {
        await Store.AddAsync(Order("A1"), default);
        await using IWorklistStore impatient = await WorklistStores.OpenAsync(
            Place.Options with { BusyTimeout = TimeSpan.FromMilliseconds(50) }, NullLoggerFactory.Instance, Time, default);
        using var holder = new HeldFile(((SqlitePlace)Place).File);
        await holder.BeginAsync();

        var e = await Assert.ThrowsAsync<WorklistStoreException>(() => impatient.RemoveAsync("A1", default));
        Assert.Equal(WorklistStoreFailure.Busy, e.Failure);
        Assert.NotNull(await impatient.GetAsync("A1", default));

        await holder.EndAsync();
        Assert.True(await impatient.RemoveAsync("A1", default));
    }
}
