using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Worklist.Tests.Backup;

/// <summary>Copies that are old, damaged, or none.</summary>
public sealed class OldCopyTests : IDisposable
{
    private readonly SqlitePlace _place = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-old-");

    public void Dispose()
    {
        _place.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_store_of_an_older_program_is_copied_as_it_is_and_brought_up_to_date_when_it_is_restored()
    {
        await _place.ByAnotherProgramAsync(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Schema", "version2.sql")));
        string copy = Path.Combine(_folder.FullName, "copy.db");

        Assert.Equal(2, (await StoreCopy.WriteAsync(_place.Options, copy, _place.Time, default)).SchemaVersion);
        Assert.Equal("2", await _place.ByAnotherProgramAsync("SELECT max(version) FROM schema_version"));
        var options = new WorklistStoreOptions { SqlitePath = Path.Combine(_folder.FullName, "restored.db") };
        await StoreRestore.BringBackAsync(options, copy, overwrite: false, _place.Time, default);

        await using IWorklistStore store = await WorklistStores.OpenAsync(options, NullLoggerFactory.Instance, _place.Time, default);
        Assert.Equal("P1", (await store.GetAsync("A1", default))!.PatientId);
    }

    [Theory]
    [InlineData("no database at all, but a text that is long enough to be one, or so it seems to whoever looks at its length only")]
    [InlineData("SQLite format 3\0 and then nothing that belongs there")]
    public async Task What_is_no_copy_is_refused_and_nothing_is_changed(string content)
    {
        await (await _place.OpenAsync()).DisposeAsync();
        string file = Path.Combine(_folder.FullName, "copy.db");
        await File.WriteAllTextAsync(file, content);

        var refused = await Assert.ThrowsAsync<WorklistStoreException>(
            () => StoreRestore.BringBackAsync(_place.Options, file, overwrite: true, _place.Time, default));

        Assert.Equal(WorklistStoreFailure.NotAStore, refused.Failure);
        Assert.True(File.Exists(_place.File));
    }

    [Fact]
    public async Task A_database_of_something_else_is_no_copy()
    {
        await _place.ByAnotherProgramAsync("CREATE TABLE recipes (name)");

        Assert.Contains("no worklist of Gantry", Assert.Throws<WorklistStoreException>(() => StoreCopy.Check(_place.File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_store_is_written_over_only_if_that_is_wanted()
    {
        await using (IWorklistStore store = await _place.OpenAsync())
            await store.AddAsync(new WorklistItem { AccessionNumber = "A1" }, default);
        string copy = Path.Combine(_folder.FullName, "copy.db"), second = Path.Combine(_folder.FullName, "second.db");
        await StoreCopy.WriteAsync(_place.Options, copy, _place.Time, default);
        File.Copy(copy, second);
        await File.WriteAllTextAsync(_place.File, "the disk was here");

        await Assert.ThrowsAsync<WorklistStoreException>(() => StoreRestore.BringBackAsync(_place.Options, copy, overwrite: false, _place.Time, default));
        await StoreRestore.BringBackAsync(_place.Options, second, overwrite: true, _place.Time, default);

        await using IWorklistStore restored = await _place.OpenAsync();
        Assert.NotNull(await restored.GetAsync("A1", default));
    }
}
