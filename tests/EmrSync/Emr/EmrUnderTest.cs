using System.Globalization;
using Gantry.EmrSync.Sync;
using Gantry.Odbc;
using Gantry.Odbc.Tests.Drivers;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>An EMR behind a real ODBC driver, and a worklist of its own in a folder of its own.</summary>
public sealed class EmrUnderTest : IAsyncDisposable
{
    private const string Columns = """
        seq AS order_key, acc AS accession_number, pid AS patient_id, name AS patient_name, born AS patient_birth_date, sex AS patient_sex,
        modality AS modality, dtm AS scheduled_at, descr AS study_description, deleted AS cancelled
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-emr-").FullName;
    private readonly OdbcConnection _connection;

    private EmrUnderTest(string? connectionString)
    {
        ConnectionString = connectionString
            ?? $"Driver={{{DriverFile.Path(DriverFile.Sqlite)}}};Database={_folder}/emr.db;Timeout=20000;SyncPragma=OFF;StepAPI=1";
        _connection = new OdbcConnection(ConnectionString);
        _connection.Open();
        Run("DROP TABLE IF EXISTS exams");
        Run("CREATE TABLE exams (seq integer, acc varchar(40), pid varchar(80), name varchar(200), born varchar(20), sex varchar(8), "
            + "modality varchar(20), dtm varchar(30), descr varchar(200), deleted integer, changed varchar(30))");
    }

    public string ConnectionString { get; }

    public IWorklistStore Worklist { get; private set; } = null!;

    public TestClock Time { get; } = new();

    /// <summary>An EMR in SQLite, or behind a connection string; a worklist in SQLite, or in PostgreSQL.</summary>
    public static async Task<EmrUnderTest> MakeAsync(string? connectionString = null, string? postgres = null)
    {
        var emr = new EmrUnderTest(connectionString);
        emr.Worklist = await WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = postgres is null ? Path.Combine(emr._folder, "worklist.db") : null, Postgres = postgres },
            NullLoggerFactory.Instance, emr.Time, default);
        return emr;
    }

    public EmrSyncOptions Options(SyncMode mode) => new()
    {
        ConnectionString = ConnectionString,
        Orders = mode switch
        {
            SyncMode.ChangedAt => $"SELECT {Columns}, changed AS changed_at FROM exams WHERE changed >= @since",
            SyncMode.Key => $"SELECT {Columns} FROM exams WHERE seq > @key",
            _ => $"SELECT {Columns} FROM exams",
        },
        ChangedAtFormat = "yyyyMMddHHmmss",
        PastDays = 5,
        FutureDays = 5,
        BatchRows = 7,
        // By its key alone a change is not seen: the whole window says it
        CompareInterval = mode == SyncMode.ChangedAt ? TimeSpan.FromDays(1) : TimeSpan.Zero,
    };

    public OrderSync Sync(SyncMode mode, IEmrOrders? store = null) => Sync(Options(mode), store);

    public OrderSync Sync(EmrSyncOptions options, IEmrOrders? store = null) =>
        new(options, store ?? Worklist.Emr, new NamesAsTheyAre(), Time, NullLogger<OrderSync>.Instance);

    public void Run(string sql)
    {
        using var command = new OdbcCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Adds an exam as the EMR's own program would.</summary>
    public void Add(long seq, string accession, string name = "SMITH^JANE", string at = "202601051000", int deleted = 0, string modality = "MG") =>
        Run(string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO exams VALUES ({seq}, '{accession}', 'P{seq}', '{name}', '19650315', 'F', '{modality}', '{at}', 'Screening', {deleted}, '20260105090000')"));

    public async Task<Dictionary<string, WorklistItem>> ItemsAsync() =>
        (await Worklist.FindAsync(new WorklistFilter { Take = int.MaxValue }, default)).ToDictionary(item => item.AccessionNumber);

    public async Task StartExamAsync(string accession, string uid) => await Worklist.CreateStepAsync(new NewPerformedStep
    {
        SopInstanceUid = uid,
        Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
        References = [new ScheduledReference { AccessionNumber = accession }],
    }, default);

    public async ValueTask DisposeAsync()
    {
        await Worklist.DisposeAsync();
        await _connection.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Time of day stands still at the site; delays and timers are real.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
