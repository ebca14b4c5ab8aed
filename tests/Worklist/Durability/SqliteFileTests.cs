using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Durability;

public sealed class SqliteFileTests : StoreTest
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Fact]
    public async Task The_file_is_in_wal_mode_so_readers_and_the_writer_do_not_wait_for_each_other() =>
        Assert.Equal("wal", await Place.ByAnotherProgramAsync("PRAGMA journal_mode"));

    [Fact]
    public async Task Of_forty_connections_eight_stay_open_when_their_lists_are_closed()
    {
        await Store.AddAsync(Order("A1"), default);
        int writer = Connections();
        var open = new List<IWorklistCursor>();
        for (int i = 0; i < 40; i++) open.Add(await Store.QueryAsync(new WorklistCriteria(), default));
        int busy = Connections();

        foreach (IWorklistCursor cursor in open) await cursor.DisposeAsync();

        Assert.True(busy - writer >= 39, $"{busy} connections for 40 open lists.");
        Assert.InRange(Connections(), 1, 10);
    }

    // Each connection has the log open; the file's own descriptors SQLite keeps for the next connection.
    private int Connections() => Directory.GetFiles("/proc/self/fd")
        .Count(descriptor => new FileInfo(descriptor).LinkTarget == ((SqlitePlace)Place).File + "-wal");
}
