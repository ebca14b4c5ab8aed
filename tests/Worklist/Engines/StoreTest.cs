using System.Text;

namespace Gantry.Worklist.Tests.Engines;

/// <summary>A test on a store of its own. Each abstract test class has two heirs, one for each engine.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    private StorePlace? _place;
    private IWorklistStore? _store;

    protected StorePlace Place => _place!;

    protected IWorklistStore Store => _store!;

    protected ManualTime Time => Place.Time;

    public async Task InitializeAsync()
    {
        _place = await MakePlaceAsync();
        _store = await _place.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Place.DisposeAsync();
    }

    protected abstract Task<StorePlace> MakePlaceAsync();

    protected static Task<StorePlace> OnSqliteAsync() => Task.FromResult<StorePlace>(new SqlitePlace());

    protected static async Task<StorePlace> OnPostgresAsync(PostgresFixture fixture) => await new PostgresPlace(fixture.Server).MakeAsync();

    /// <summary>Closes the store and opens it again, as after a restart.</summary>
    protected async Task RestartAsync()
    {
        await Store.DisposeAsync();
        _store = await Place.OpenAsync();
    }

    protected async Task<List<string>> AccessionsAsync(WorklistCriteria criteria)
    {
        var found = new List<string>();
        await using IWorklistCursor cursor = await Store.QueryAsync(criteria, default);
        while (await cursor.ReadAsync(default)) found.Add(Encoding.UTF8.GetString(cursor[WorklistColumn.AccessionNumber]));
        return found;
    }

    protected static WorklistItem Order(string accession, string modality = "MG", string date = "20260105", string time = "100000") => new()
    {
        AccessionNumber = accession,
        PatientId = "P-" + accession,
        PatientName = "SMITH^JANE",
        PatientBirthDate = "19650315",
        PatientSex = "F",
        ScheduledDate = date,
        ScheduledTime = time,
        Modality = modality,
        StudyDescription = "Screening Mammography",
    };
}
