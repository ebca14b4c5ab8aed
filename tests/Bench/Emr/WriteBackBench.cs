using System.Diagnostics;
using System.Globalization;
using Gantry.Bench.Cloud;
using Gantry.EmrSync;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Sync;
using Gantry.Odbc;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Emr;

/// <summary>How fast the statuses of exams that waited in the outbox go back to an EMR in PostgreSQL, by the sidecar as users run it.</summary>
internal static class WriteBackBench
{
    private const string Orders = "SELECT 'E' || PcsOdrSeq AS accession_number, PcsOdrSeq AS order_key, 'P' || PcsOdrSeq AS patient_id, 'SMITH^JANE' AS patient_name, "
        + "'MG' AS modality, PcsOdrDtm AS scheduled_at FROM PcsInf";

    /// <param name="exams">How many exams wait.</param>
    /// <param name="folder">Where files go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task RunAsync(int exams, string folder, CancellationToken cancellationToken)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, $"write-back-{Environment.ProcessId}")).FullName;
        try
        {
            await using var server = await PrivatePostgres.StartAsync();
            string dsn = $"Driver={{{EmrBench.Driver("psqlodbcw.so")}}};Server={server.ConnectionString.Split(';')[0]["Host=".Length..]};Database=postgres;UID=postgres;BoolsAsChar=0";
            await server.PsqlAsync("public", string.Create(CultureInfo.InvariantCulture, $"""
                CREATE TABLE PcsInf (PcsOdrSeq integer PRIMARY KEY, PcsOdrDtm varchar(14), PcsStatus varchar(2));
                INSERT INTO PcsInf SELECT n, '{TimeProvider.System.GetLocalNow():yyyyMMdd}1000', NULL FROM generate_series(1, {exams}) AS n;
                """));
            string database = Path.Combine(work, "worklist.db");
            await PerformAsync(dsn, database, exams, cancellationToken);

            await using var gateway = new Gateway(Path.Combine(work, "gateway"), database,
            [
                "--Orthanc:Enabled=false", $"--EmrSync:Dsn={dsn}", $"--EmrSync:Orders={Orders}", "--EmrSync:Statuses:IN_PROGRESS=IP", "--EmrSync:Schedule=01:00:00",
                $"--EmrSync:StatusUpdate={EmrPreset.All["pcsinf"].StatusUpdate}", "--Logging:LogLevel:Default=Warning",
            ]);
            var starting = gateway.StartAsync(cancellationToken);
            await using var emr = new OdbcConnection(dsn);
            await emr.OpenAsync(cancellationToken);
            using var count = new OdbcCommand("SELECT count(*) FROM PcsInf WHERE PcsStatus = 'IP'", emr);
            int first = 0, told;
            long since = 0;
            while ((told = Convert.ToInt32(await count.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)) < exams)
            {
                if (first == 0 && told > 0) (first, since) = (told, Stopwatch.GetTimestamp());
                await Task.Delay(20, cancellationToken);
            }
            double seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
            await starting;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{"statuses told to an EMR in PostgreSQL",-48} {seconds,7:0.00} s  {(exams - first) / seconds:0}/s  (target 500/s)"));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Brings the orders into the worklist and starts an exam for each.</summary>
    private static async Task PerformAsync(string dsn, string database, int exams, CancellationToken cancellationToken)
    {
        await using var store = await WorklistStores.OpenAsync(
            new WorklistStoreOptions { SqlitePath = database, StatusTargets = new HashSet<OutboxTarget> { OutboxTarget.Emr } }, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);
        await using (var sync = new OrderSync(new EmrSyncOptions { ConnectionString = dsn, Orders = Orders }, store.Emr, new PatientNames(new NameOptions()), TimeProvider.System, NullLogger<OrderSync>.Instance))
        {
            var run = await sync.RunAsync("bench", cancellationToken);
            if (run.Added != exams) throw new BenchException($"The sync brought {run.Added} of {exams} orders: {run.Failure}");
        }
        await Parallel.ForEachAsync(Enumerable.Range(1, exams), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, async (exam, token) =>
            await store.CreateStepAsync(
                new NewPerformedStep
                {
                    SopInstanceUid = string.Create(CultureInfo.InvariantCulture, $"2.25.{exam}"),
                    Dataset = new StepObject(new byte[] { 1 }, "1.2.840.10008.1.2", null),
                    References = [new ScheduledReference { AccessionNumber = string.Create(CultureInfo.InvariantCulture, $"E{exam}") }],
                },
                token));
    }
}
