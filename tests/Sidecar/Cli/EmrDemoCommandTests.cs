using Gantry.EmrSync.Tests.Emr;
using Gantry.Odbc;
using Gantry.Sidecar.Tests.Emr.WriteBack;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>What the command does to the demo EMR, in two dialects of SQL, and to no other.</summary>
public sealed class EmrDemoCommandTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Orders_come_change_and_go(bool onPostgres)
    {
        using var emr = await EmrAsync(onPostgres, isDemo: true);
        var before = Orders(emr);

        var result = await Shell.RunAsync(Environment(emr), ["emr", "demo", "--add", "2", "--change", "3", "--cancel", "1", "--json"]);

        Assert.Equal(0, result.Code);
        var after = Orders(emr);
        var changes = result.Json.GetProperty("changes").EnumerateArray().ToDictionary(change => change.GetProperty("order_key").GetInt32());
        Assert.Equal(6, changes.Count);
        Assert.Equal(before.Count + 2, after.Count);
        foreach (var (key, order) in after)
        {
            var expected = !changes.TryGetValue(key, out var change) ? before[key]
                : (change.GetProperty("due").GetString(), change.GetProperty("name").GetString(), change.GetProperty("modality").GetString(),
                    change.GetProperty("action").GetString() == "cancelled" ? "Y" : "N");
            Assert.Equal(expected, order);
        }
    }

    [Fact]
    public async Task An_exam_that_was_started_or_cancelled_is_left_alone()
    {
        using var emr = await EmrAsync(onPostgres: false, isDemo: true);
        emr.Run("UPDATE PcsInf SET PcsStatus = 'IP' WHERE PcsOdrSeq <= 2");
        emr.Run("UPDATE PcsInf SET PcsDelFlg = 'Y' WHERE PcsOdrSeq > 2");
        var before = Orders(emr);

        var result = await Shell.RunAsync(Environment(emr), ["emr", "demo", "--add", "0", "--change", "9", "--cancel", "9", "--json"]);

        Assert.Equal((0, 0), (result.Code, result.Json.GetProperty("changes").GetArrayLength()));
        Assert.Equal(before, Orders(emr));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Another_EMR_is_not_touched(bool onPostgres)
    {
        using var emr = await EmrAsync(onPostgres, isDemo: false);
        var before = Orders(emr);

        var result = await Shell.RunAsync(Environment(emr), ["emr", "demo", "--json"]);

        Assert.Equal((1, "demo"), (result.Code, result.Failure.Phase));
        Assert.Contains("This EMR is not the demo EMR", result.Failure.Detail, StringComparison.Ordinal);
        Assert.Equal(before, Orders(emr));
    }

    [Theory]
    [InlineData("--add", "-1"), InlineData("--cancel", "1001"), InlineData("--every", "0")]
    public async Task A_count_that_makes_no_sense_is_named(string option, string value)
    {
        var result = await Shell.RunAsync("emr", "demo", option, value);

        Assert.Equal(2, result.Code);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    private async Task<StatusEmr> EmrAsync(bool onPostgres, bool isDemo)
    {
        var emr = await StatusEmr.MakeAsync(onPostgres ? postgres.Server : null);
        emr.Add(Enumerable.Range(1, 8));
        emr.Run("ALTER TABLE PcsInf ADD COLUMN PcsOrgDtm varchar(14)");
        emr.Run("ALTER TABLE PcsInf ADD COLUMN PcsBirDte varchar(8)");
        emr.Run("ALTER TABLE PcsInf ADD COLUMN PcsSexTyp char(1)");
        emr.Run($"UPDATE PcsInf SET PcsOdrDtm = '{TimeProvider.System.GetLocalNow():yyyyMMdd}1000'");
        if (isDemo)
            emr.Run("CREATE TABLE GantryDemoEmr (Note varchar(200))");
        return emr;
    }

    private static Dictionary<int, (string?, string?, string?, string)> Orders(StatusEmr emr)
    {
        using var connection = emr.Open();
        using var command = new OdbcCommand("SELECT PcsOdrSeq, PcsOdrDtm, PcsPatNam, PcsUntCod, PcsDelFlg FROM PcsInf", connection);
        using var reader = command.ExecuteReader();
        var orders = new Dictionary<int, (string?, string?, string?, string)>();
        while (reader.Read())
            orders.Add(reader.GetInt32(0), (reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)));
        return orders;
    }

    private static Dictionary<string, string> Environment(StatusEmr emr) => new() { ["EMR_DSN"] = emr.ConnectionString, ["EmrSync__Preset"] = "pcsinf-sqlite" };
}
