using Gantry.Odbc;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>The commands against an EMR in SQLite, behind its real ODBC driver.</summary>
public sealed class EmrCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-emr-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Check_shows_what_modalities_would_see_and_names_row_and_column_of_what_will_not_work()
    {
        Fill("(1, '100', '홍길동', 'MG', '202601051000', 'N')", "(2, '101', 'SMITH, JANE', 'M?', '202601051030', 'N')");

        var result = await Shell.RunAsync(Environment(), ["emr", "check", "--json"]);

        Assert.Equal(1, result.Code);
        Assert.Equal("00000001", Assert.Single(result.Json.GetProperty("orders").EnumerateArray()).GetProperty("accession_number").GetString());
        var problem = Assert.Single(result.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal("modality has characters other than A-Z, 0-9, space and _", problem.GetProperty("problem").GetString());
        Assert.Equal(2, problem.GetProperty("row").GetInt32());
    }

    [Theory]
    [InlineData("UPDATE PcsInf SET PcsStatus = @status WHERE PcsOdrSeq = @order_key", 0, "status back ok")]
    [InlineData("UPDATE PcsInf SET NoColumn = @status WHERE PcsOdrSeq = @order_key", 1, "status back failed")]
    [InlineData("UPDATE PcsInf SET PcsStatus = @word WHERE PcsOdrSeq = @order_key", 1, "status back failed")]
    public async Task Check_tries_the_way_back_and_tells_the_EMR_nothing(string statement, int code, string step)
    {
        Fill("(0, '100', 'SMITH, JANE', 'MG', '202601051000', 'N')");
        var environment = Environment();
        (environment["EmrSync__StatusUpdate"], environment["EmrSync__Statuses__COMPLETED"]) = (statement, "CO");

        var result = await Shell.RunAsync(environment, ["emr", "check", "--json"]);

        Assert.Equal(code, result.Code);
        Assert.Contains(step, result.Steps);
        using var connection = new OdbcConnection(Dsn);
        connection.Open();
        using var told = new OdbcCommand("SELECT count(*) FROM PcsInf WHERE PcsStatus IS NOT NULL", connection);
        Assert.Equal("0", $"{told.ExecuteScalar()}");
    }

    [Fact]
    public async Task Sync_brings_the_orders_into_the_worklist_of_the_running_gateway()
    {
        await using var ward = await Ward.OpenAsync();
        Fill("(1, '100', '홍길동', 'MG', '202601051000', 'N')", "(2, '101', 'SMITH, JANE', 'CT', '202601051030', 'Y')");

        var result = await Shell.RunAsync(Environment(), ["emr", "sync", "--db", ward.DatabasePath, "--json"]);

        Assert.Equal(0, result.Code);
        Assert.Equal(1, result.Json.GetProperty("counts").GetProperty("new").GetInt32());
        Assert.Equal(OrderStatus.Scheduled, (await ward.OrderAsync("00000001")).Status);
    }

    [Theory]
    [InlineData("Driver={No Such Driver}", "connect", "Driver={...}")]
    [InlineData("Driver={/no/such/lib.so}", "connect", "The driver's library is missing")]
    public async Task A_connection_that_cannot_work_fails_with_what_to_change(string dsn, string phase, string advice)
    {
        var environment = Environment();
        environment["EMR_DSN"] = dsn;

        var result = await Shell.RunAsync(environment, ["emr", "check", "--json"]);

        Assert.Equal((1, phase), (result.Code, result.Failure.Phase));
        Assert.Contains(advice, result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_EMR_it_says_which_settings_to_make() =>
        Assert.Contains("EMR_SERVER", (await Shell.RunAsync("emr", "check", "--json")).Failure.Detail, StringComparison.Ordinal);

    private Dictionary<string, string> Environment() => new()
    {
        ["EMR_DSN"] = Dsn, ["EmrSync__Preset"] = "pcsinf-sqlite", ["EmrSync__PastDays"] = "3660", ["EmrSync__FutureDays"] = "3660",
    };

    private string Dsn => $"Driver={{{Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(folder => $"{folder}/odbc/libsqlite3odbc.so").First(File.Exists)}}};"
        + $"Database={_folder}/emr.db;StepAPI=1;Timeout=5000";

    private void Fill(params string[] rows)
    {
        using var connection = new OdbcConnection(Dsn);
        connection.Open();
        Run("CREATE TABLE PcsInf (PcsOdrSeq integer, PcsChtNum varchar(20), PcsPatNam varchar(40), PcsUntCod varchar(10), PcsOdrDtm varchar(14), "
            + "PcsDelFlg char(1), PcsBirDte varchar(8), PcsSexTyp char(1), PcsStatus varchar(4))");
        foreach (var row in rows)
            Run($"INSERT INTO PcsInf (PcsOdrSeq, PcsChtNum, PcsPatNam, PcsUntCod, PcsOdrDtm, PcsDelFlg) VALUES {row}");

        void Run(string sql)
        {
            using var command = new OdbcCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }
}
