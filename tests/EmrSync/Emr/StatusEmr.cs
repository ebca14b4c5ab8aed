using System.Globalization;
using Gantry.Odbc;
using Gantry.Odbc.Tests.Drivers;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.EmrSync.Tests.Emr;

/// <summary>
/// An EMR with the table PcsInf behind a real driver that writes down every status it is told, in the order of its own commits. Knows no
/// test framework, so other test projects can link this file.
/// </summary>
internal sealed class StatusEmr : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-status-");

    private StatusEmr(PrivatePostgres? server, string database) => ConnectionString = server is null
        ? $"Driver={{{DriverFile.Path(DriverFile.Sqlite)}}};Database={_folder.FullName}/emr.db;Timeout=20000;SyncPragma=OFF;StepAPI=1"
        : $"Driver={{{DriverFile.Path(DriverFile.Postgres)}}};Server={server.ConnectionString.Split(';')[0]["Host=".Length..]};Database={database};UID=postgres;BoolsAsChar=0";

    public string ConnectionString { get; }

    /// <summary>For both engines: the preset's own is SQL Server's or SQLite's.</summary>
    public static string Orders =>
        "SELECT substr(CAST(100000000 + PcsOdrSeq AS varchar(9)), 2) AS accession_number, PcsOdrSeq AS order_key, PcsChtNum AS patient_id, PcsPatNam AS patient_name, "
        + "PcsUntCod AS modality, PcsOdrDtm AS scheduled_at, CASE WHEN PcsDelFlg = 'N' THEN 0 ELSE 1 END AS cancelled FROM PcsInf";

    public static string StatusUpdate => EmrPreset.All["pcsinf"].StatusUpdate;

    public EmrSyncOptions Options => new()
    {
        ConnectionString = ConnectionString, Orders = Orders, StatusUpdate = StatusUpdate, Statuses = EmrPreset.All["pcsinf"].Statuses, CommandTimeoutSeconds = 2,
    };

    /// <summary>The settings that lead a gateway here, as <c>Section:Key=value</c>, with short pauses.</summary>
    public string[] Settings =>
    [
        $"EmrSync:Dsn={ConnectionString}", $"EmrSync:Orders={Orders}", $"EmrSync:StatusUpdate={StatusUpdate}", "EmrSync:Statuses:IN_PROGRESS=IP",
        "EmrSync:Statuses:COMPLETED=CO", "EmrSync:CommandTimeout=00:00:05", "EmrSync:PastDays=3660", "Web:HealthCacheTime=00:00:00",
        "EmrWriteBack:FirstPause=00:00:00.020", "EmrWriteBack:LongestPause=00:00:00.100", "EmrWriteBack:PollInterval=00:00:00.500",
    ];

    /// <summary>A new one, in a database of its own.</summary>
    /// <param name="server">Where; null for SQLite.</param>
    public static async Task<StatusEmr> MakeAsync(PrivatePostgres? server = null)
    {
        var onPostgres = server is not null;
        var database = $"emr{Guid.NewGuid():N}";
        if (server is not null)
            await server.PsqlAsync("public", $"CREATE DATABASE {database}");
        var emr = new StatusEmr(server, database);
        emr.Run("CREATE TABLE PcsInf (PcsOdrSeq integer PRIMARY KEY, PcsChtNum varchar(20), PcsPatNam varchar(40), PcsUntCod varchar(10), PcsOdrDtm varchar(14), "
            + "PcsDelFlg char(1), PcsStatus varchar(2))");
        emr.Run(onPostgres ? "CREATE TABLE told (id serial, seq integer, status varchar(4))" : "CREATE TABLE told (id integer PRIMARY KEY, seq integer, status varchar(4))");
        if (onPostgres)
            emr.Run("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO told (seq, status) VALUES (NEW.PcsOdrSeq, NEW.PcsStatus); RETURN NEW; END'");
        emr.Run(onPostgres ? "CREATE TRIGGER note AFTER UPDATE ON PcsInf FOR EACH ROW EXECUTE FUNCTION note()"
            : "CREATE TRIGGER note AFTER UPDATE ON PcsInf BEGIN INSERT INTO told (seq, status) VALUES (NEW.PcsOdrSeq, NEW.PcsStatus); END");
        return emr;
    }

    /// <summary>Accession number of an order.</summary>
    public static string Accession(int seq) => seq.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Adds orders for 5 January 2026.</summary>
    public void Add(params IEnumerable<int> seqs)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var seq in seqs)
            Run(connection, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO PcsInf VALUES ({seq}, 'P{seq}', 'SMITH^JANE', 'MG', '202601051000', 'N', NULL)"));
        transaction.Commit();
    }

    /// <summary>Runs SQL as the EMR's own program would.</summary>
    public void Run(string sql)
    {
        using var connection = Open();
        Run(connection, sql);
    }

    /// <summary>What it was told, in order: "1 IP".</summary>
    public IReadOnlyList<string> Told(int? seq = null)
    {
        using var connection = Open();
        using var command = new OdbcCommand("SELECT seq, status FROM told ORDER BY id", connection);
        using var reader = command.ExecuteReader();
        var told = new List<string>();
        while (reader.Read())
        {
            if (seq is null || reader.GetInt32(0) == seq)
                told.Add(seq is null ? $"{reader.GetInt32(0)} {reader.GetString(1)}" : reader.GetString(1));
        }
        return told;
    }

    public OdbcConnection Open()
    {
        var connection = new OdbcConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Run(OdbcConnection connection, string sql)
    {
        using var command = new OdbcCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
