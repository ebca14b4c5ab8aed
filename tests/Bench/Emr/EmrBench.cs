using System.Diagnostics;
using System.Globalization;
using Gantry.EmrSync;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Sync;
using Gantry.Odbc;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Emr;

/// <summary>How long a sync with an EMR of many orders takes: SQLite behind its ODBC driver, into a worklist in SQLite.</summary>
internal static class EmrBench
{
    public const string Columns = "seq AS order_key, acc AS accession_number, pid AS patient_id, name AS patient_name, born AS patient_birth_date, "
        + "sex AS patient_sex, modality AS modality, dtm AS scheduled_at, descr AS study_description, deleted AS cancelled";

    public static async Task RunAsync(int orders, string folder, CancellationToken cancellationToken)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, $"emr-{Environment.ProcessId}")).FullName;
        try
        {
            string emr = Make($"{work}/emr.db", orders);
            await using IWorklistStore store = await WorklistStores.OpenAsync(
                new WorklistStoreOptions { SqlitePath = Path.Combine(work, "worklist.db") }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
            var changed = new EmrSyncOptions
            {
                ConnectionString = emr, Orders = $"SELECT {Columns}, changed AS changed_at FROM exams WHERE changed >= @since", ChangedAtFormat = "yyyyMMddHHmmss",
            };
            var window = changed with { Orders = $"SELECT {Columns} FROM exams" };
            await SyncAsync("first sync", changed, store, cancellationToken);
            await SyncAsync("no change, by changed_at", changed, store, cancellationToken);
            await SyncAsync("other query: every row by hash, written anew", window, store, cancellationToken);
            await SyncAsync("no change, by hash", window, store, cancellationToken);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task SyncAsync(string name, EmrSyncOptions options, IWorklistStore store, CancellationToken cancellationToken)
    {
        await using var sync = new OrderSync(options, store.Emr, new PatientNames(new NameOptions()), TimeProvider.System, NullLogger<OrderSync>.Instance);
        var before = Environment.CpuUsage.TotalTime;
        var run = await sync.RunAsync("bench", cancellationToken);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-48} {run.Duration.TotalSeconds,7:0.00} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.00} s CPU)  read {run.Read}, new {run.Added}, changed {run.Changed}  "
            + $"heap {GC.GetTotalMemory(true) / 1e6:0} MB, resident {process.WorkingSet64 / 1e6:0} MB {run.Failure}"));
    }

    /// <summary>An EMR in SQLite with so many orders for today.</summary>
    /// <returns>How to connect to it.</returns>
    public static string Make(string path, int orders)
    {
        string emr = $"Driver={{{Driver("libsqlite3odbc.so")}}};Database={path};Timeout=20000;SyncPragma=OFF;StepAPI=1";
        Fill(emr, orders);
        return emr;
    }

    private static void Fill(string connectionString, int orders)
    {
        using var connection = new OdbcConnection(connectionString);
        connection.Open();
        Run("CREATE TABLE exams (seq integer PRIMARY KEY, acc varchar(16), pid varchar(16), name varchar(64), born varchar(8), sex varchar(1), "
            + "modality varchar(4), dtm varchar(14), descr varchar(64), deleted integer, changed varchar(14))");
        var today = TimeProvider.System.GetLocalNow();
        // All but one are older than the overlap, as they are on any day but the first
        Run(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO exams WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {orders})
            SELECT i, printf('E%08d', i), printf('P%07d', i / 3), CASE i % 2 WHEN 0 THEN '홍길동' ELSE 'SMITH^JANE' END, '19650315', 'F',
                CASE i % 3 WHEN 0 THEN 'MG' WHEN 1 THEN 'CT' ELSE 'US' END, '{today:yyyyMMdd}' || printf('%02d%02d', i % 24, i % 60),
                'Screening Mammography', 0, CASE i WHEN 1 THEN '{today:yyyyMMdd}000001' ELSE '20200101000000' END FROM n
            """));
        Run("CREATE INDEX ix_changed ON exams (changed)");

        void Run(string sql)
        {
            using var command = new OdbcCommand(sql, connection) { CommandTimeout = 0 };
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The path of a driver's library.</summary>
    public static string Driver(string file) => Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(folder => $"{folder}/odbc/{file}")
        .FirstOrDefault(File.Exists) ?? throw new BenchException($"The ODBC driver {file} is missing. Run: apt-get install libsqliteodbc odbc-postgresql");
}
