using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Durability;

public sealed class SqliteFileTests : StoreTest
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    [Theory]
    [InlineData("garbage")]
    [InlineData("Host=localhost;Nonsense=secret-of-ours")]
    public async Task A_connection_string_that_is_none_is_refused_in_a_sentence_that_does_not_repeat_it(string text)
    {
        var refused = await Assert.ThrowsAsync<WorklistStoreException>(() => WorklistStores.OpenAsync(
            new WorklistStoreOptions { Postgres = text },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None));
        Assert.Equal(WorklistStoreFailure.CannotOpen, refused.Failure);
        Assert.Contains("Worklist:Postgres", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, refused.ToString(), StringComparison.Ordinal);
    }

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
