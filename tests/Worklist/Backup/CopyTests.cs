using System.Globalization;
using Gantry.Worklist.Tests.Engines;
using Gantry.Worklist.Tests.Steps;
using Npgsql;

namespace Gantry.Worklist.Tests.Backup;

public sealed class SqliteCopyTests : CopyTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    protected override Task<WorklistStoreOptions> ElsewhereAsync() =>
        Task.FromResult(new WorklistStoreOptions { SqlitePath = Path.Combine(Folder.FullName, "elsewhere", "worklist.db") });
}

[Collection(PostgresRuns.Name)]
public sealed class PostgresCopyTests(PostgresFixture fixture) : CopyTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);

    protected override Task<WorklistStoreOptions> ElsewhereAsync() => Databases.NewAsync(fixture);
}

/// <summary>From a file to a server.</summary>
[Collection(PostgresRuns.Name)]
public sealed class SqliteToPostgresCopyTests(PostgresFixture fixture) : CopyTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnSqliteAsync();

    protected override Task<WorklistStoreOptions> ElsewhereAsync() => Databases.NewAsync(fixture);
}

/// <summary>And from a server to a file.</summary>
[Collection(PostgresRuns.Name)]
public sealed class PostgresToSqliteCopyTests(PostgresFixture fixture) : CopyTests
{
    protected override Task<StorePlace> MakePlaceAsync() => OnPostgresAsync(fixture);

    protected override Task<WorklistStoreOptions> ElsewhereAsync() =>
        Task.FromResult(new WorklistStoreOptions { SqlitePath = Path.Combine(Folder.FullName, "elsewhere.db") });
}

internal static class Databases
{
    private static int _made;

    /// <summary>A database that no other test knows.</summary>
    public static async Task<WorklistStoreOptions> NewAsync(PostgresFixture fixture)
    {
        string name = "copy_" + Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture);
        await fixture.Server.PsqlAsync("public", $"CREATE DATABASE {name}");
        return new() { Postgres = new NpgsqlConnectionStringBuilder(fixture.Server.ConnectionString) { Database = name }.ConnectionString };
    }
}

/// <summary>A store is copied while it works, and brought back elsewhere, where everything goes on.</summary>
public abstract class CopyTests : StepTest, IDisposable
{
    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("gantry-copy-");

    public void Dispose()
    {
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected abstract Task<WorklistStoreOptions> ElsewhereAsync();

    [Fact]
    public async Task What_is_brought_back_elsewhere_is_the_same_and_goes_on()
    {
        await FillAsync();
        IReadOnlyList<OutboxRun> taken = await Store.TakeOutboxRunsAsync(
            new OutboxDemand { Target = OutboxTarget.Cloud, Sender = "first gateway", OrderKeys = 1, Messages = 1, Lease = TimeSpan.FromHours(1) }, default);
        StoreContents copied = await CopyAsync();
        Assert.Equal((3, 2, 4), (copied.Orders, copied.Steps, copied.Undelivered));

        WorklistStoreOptions elsewhere = await ElsewhereAsync();
        (StoreContents contents, string? kept) = await RestoreAsync(elsewhere);
        await using IWorklistStore other = await OpenAsync(elsewhere);

        Assert.Null(kept);
        Assert.Equal(copied with { SchemaVersion = contents.SchemaVersion }, contents);
        Assert.Equal(await Store.FindAsync(new WorklistFilter(), default), await other.FindAsync(new WorklistFilter(), default));
        Assert.Equal(7, (await other.FeedCursorAsync("orthanc", default))!.Sequence);
        PerformedStep step = (await other.GetStepAsync("9.1", default))!, before = (await Store.GetStepAsync("9.1", default))!;
        Assert.Equal(before.Dataset.Bytes.ToArray(), step.Dataset.Bytes.ToArray());
        Assert.Equal((before.UpdatedAt, before.PatientName), (step.UpdatedAt, step.PatientName));
        Assert.Equal("A2", Assert.Single(await other.SetAsideItemsAsync(9, default)).Reference);
        Assert.Single(Assert.Single(taken).Messages);
        Assert.Equal(AddResult.SameMessage, (await other.AddAsync(Order("B9") with { SourceMessageId = "m-1" }, default)).Result);

        // The exam under way ends here, and what was under way to the cloud is told again, in its order
        Assert.IsType<ChangeStepOutcome.Changed>(await other.ChangeStepAsync("9.2", static _ => Become(StepStatus.Completed), default));
        var told = new List<string>();
        while (await other.TakeOutboxAsync(OutboxTarget.Cloud, 10, TimeSpan.FromMinutes(1), default) is { Count: > 0 } entries)
            foreach (OutboxEntry entry in entries)
            {
                told.Add(StatusEvent.Parse(entry.Payload.Span) is var status ? $"{status.AccessionNumber} {status.Status}" : "");
                await other.MarkDeliveredAsync(entry.Id, default);
            }

        Assert.Equal(["A1 COMPLETED", "A1 IN PROGRESS", "A3 COMPLETED", "A3 IN PROGRESS"], told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_copy_is_whole_while_others_write()
    {
        await FillAsync();
        using var end = new CancellationTokenSource();
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; !end.IsCancellationRequested; i++)
                await Store.AddAsync([Order($"W{i}"), Order($"X{i}")], default);
        });

        for (int i = 0; i < 3; i++)
        {
            string file = Path.Combine(Folder.FullName, $"{i}.db");
            StoreContents copied = await StoreCopy.WriteAsync(Place.Options, file, Time, default);
            // Both orders of a transaction, or none
            Assert.Equal(1, copied.Orders % 2);
        }

        await end.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task A_store_that_holds_something_is_written_over_only_if_that_is_wanted()
    {
        await FillAsync();
        await CopyAsync();
        WorklistStoreOptions elsewhere = await ElsewhereAsync();
        await using (IWorklistStore there = await OpenAsync(elsewhere))
        {
            Time.Advance(TimeSpan.FromDays(3650));
            await there.AddAsync(Order("THERE"), default);
        }

        string file = Path.Combine(Folder.FullName, "copy.db"), again = Path.Combine(Folder.FullName, "again.db");
        File.Copy(file, again);
        var refused = await Assert.ThrowsAsync<WorklistStoreException>(() => StoreRestore.BringBackAsync(elsewhere, file, overwrite: false, Time, default));
        Assert.Contains("holds 1 orders, has been changed after the copy was made", refused.Message, StringComparison.Ordinal);
        (_, string? kept) = await StoreRestore.BringBackAsync(elsewhere, again, overwrite: true, Time, default);

        await using IWorklistStore restored = await OpenAsync(elsewhere);
        Assert.Null(await restored.GetAsync("THERE", default));
        Assert.NotNull(await restored.GetAsync("A1", default));
        if (elsewhere.SqlitePath is null) return;
        await using IWorklistStore before = await OpenAsync(new() { SqlitePath = kept });
        Assert.NotNull(await before.GetAsync("THERE", default));
    }

    [Fact]
    public async Task A_store_in_use_is_never_written_over()
    {
        await FillAsync();
        await CopyAsync();
        WorklistStoreOptions elsewhere = await ElsewhereAsync();
        await using IWorklistStore inUse = await OpenAsync(elsewhere);
        await inUse.StatisticsAsync(default);

        var refused = await Assert.ThrowsAsync<WorklistStoreException>(
            () => StoreRestore.BringBackAsync(elsewhere, Path.Combine(Folder.FullName, "copy.db"), overwrite: true, Time, default));

        Assert.Equal(WorklistStoreFailure.Busy, refused.Failure);
        Assert.Contains("Stop ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await inUse.StatisticsAsync(default)).Total);
    }

    [Fact]
    public async Task A_copy_of_a_newer_program_is_refused()
    {
        await CopyAsync();
        string file = Path.Combine(Folder.FullName, "copy.db");
        await SqlitePlace.RunSqlite3Async(file, "INSERT INTO schema_version VALUES (99, '2030-01-01')");

        var refused = await Assert.ThrowsAsync<WorklistStoreException>(async () => await RestoreAsync(await ElsewhereAsync()));

        Assert.Equal(WorklistStoreFailure.NewerVersion, refused.Failure);
    }

    private async Task FillAsync()
    {
        await Store.AddAsync([Order("A1") with { SourceMessageId = "m-1", StudyDescription = "" }, Order("A2"), Order("A3")], default);
        await CreateAsync(Step("9.1", For("A1")));
        await SetAsync("9.1", StepStatus.Completed);
        await CreateAsync(Step("9.2", For("A3")));
        await DeliverAsync(OutboxTarget.Emr);
        await Store.SetAsideAsync("A2", "no modality", default);
        await Store.EnqueueAsync([], new FeedCursor("orthanc", 7), default);
        await Store.EnqueueAsync(new NewOutboxEntry { Target = OutboxTarget.Emr, EventKey = "k", OrderKey = "A1", Kind = "x", Payload = new byte[] { 0, 255 } }, default);
    }

    private async Task<StoreContents> CopyAsync() => await StoreCopy.WriteAsync(Place.Options, Path.Combine(Folder.FullName, "copy.db"), Time, default);

    private Task<(StoreContents Contents, string? KeptAs)> RestoreAsync(WorklistStoreOptions to) =>
        StoreRestore.BringBackAsync(to, Path.Combine(Folder.FullName, "copy.db"), overwrite: false, Time, default);

    private Task<IWorklistStore> OpenAsync(WorklistStoreOptions options) =>
        WorklistStores.OpenAsync(options, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Time, default);
}
