using System.Globalization;
using Gantry.Odbc;
using Gantry.Odbc.Tests.Drivers;

namespace Gantry.Sidecar.Tests.Emr;

/// <summary>An EMR with the table PcsInf in SQLite, behind its real ODBC driver.</summary>
internal sealed class SmallEmr : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-emr-").FullName;
    private readonly OdbcConnection _connection;
    private int _last;

    public SmallEmr()
    {
        Dsn = $"Driver={{{DriverFile.Path(DriverFile.Sqlite)}}};Database={_folder}/emr.db;StepAPI=1;Timeout=20000";
        _connection = new(Dsn);
        _connection.Open();
        Run("CREATE TABLE PcsInf (PcsOdrSeq integer, PcsChtNum varchar(20), PcsPatNam varchar(40), PcsUntCod varchar(10), PcsOdrDtm varchar(14), "
            + "PcsDelFlg char(1), PcsBirDte varchar(8), PcsSexTyp char(1), PcsStatus varchar(4))");
    }

    public string Dsn { get; }

    /// <summary>The settings of a gateway for this EMR.</summary>
    public string[] Settings => [$"EmrSync:Dsn={Dsn}", "EmrSync:Preset=pcsinf-sqlite"];

    /// <summary>Takes an order for today.</summary>
    /// <returns>The accession number it will have.</returns>
    public string Add(string name = "홍길동", string modality = "MG")
    {
        var number = ++_last;
        Run(string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO PcsInf VALUES ({number}, 'C{number}', '{name}', '{modality}', '{TimeProvider.System.GetLocalNow():yyyyMMdd}1000', 'N', '19650315', 'F', NULL)"));
        return number.ToString("00000000", CultureInfo.InvariantCulture);
    }

    public void Run(string sql)
    {
        using var command = new OdbcCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
