using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Emr;

/// <summary>The EMR that a first start has: orders out of it, what happens to them there, and the status of exams back into it.</summary>
[Collection(SharedSystem.Name)]
public sealed class DemoEmrTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;

    private string Database => Path.Combine(_system.Data, "emr.db");

    [Fact]
    public async Task Its_Korean_and_English_patients_of_today_are_in_the_worklist_and_what_emr_demo_does_follows()
    {
        var today = $"{TimeProvider.System.GetLocalNow():yyyyMMdd}";
        var rows = await EmrAsync("SELECT count(*), count(DISTINCT PcsUntCod), min(substr(PcsOdrDtm, 1, 8)), max(substr(PcsOdrDtm, 1, 8)) FROM PcsInf WHERE PcsOdrSeq <= 20012");
        Assert.Equal($"12|6|{today}|{today}", rows);

        Assert.Equal("김^민지", await PatientAsync("00020001"));
        Assert.Equal("PARK^SEOYEON==박^서연", await PatientAsync("00020002"));
        Assert.Equal("TAYLOR^EMMA", await PatientAsync("00020004"));

        var done = JsonDocument.Parse((await GantryAsync("emr demo --add 2 --change 3 --cancel 1 --json")).Output).RootElement.GetProperty("changes").EnumerateArray().ToList();
        await GantryAsync("emr sync");

        Assert.Equal(["cancelled", "changed", "changed", "changed", "added", "added"], done.Select(change => change.GetProperty("action").GetString()!));
        foreach (var change in done)
        {
            var item = await new Sqlite3(_system.WorklistDatabase).RunAsync(
                $"SELECT scheduled_date || substr(scheduled_time, 1, 4), modality, status FROM worklist_items WHERE accession_number = '{change.GetProperty("accession_number")}'");
            var status = change.GetProperty("action").GetString() == "cancelled" ? "DISCONTINUED" : "SCHEDULED";
            Assert.Equal($"{change.GetProperty("due")}|{change.GetProperty("modality")}|{status}", item);
        }
    }

    [Fact]
    public async Task An_exam_that_is_performed_is_done_in_the_EMR_too()
    {
        await EmrAsync("INSERT INTO PcsInf (PcsOdrSeq, PcsOdrDtm, PcsUntCod, PcsPatNam, PcsChtNum) VALUES (90001, strftime('%Y%m%d', 'now', 'localtime') || '1200', 'CR', '서문탁', '700300')");
        await GantryAsync("emr sync");
        await GantryAsync($"modality -p {_system.Ports.Worklist} --pacs-port {_system.Ports.Archive} --accession 00090001 --columns 128 --images 1");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await EmrAsync("SELECT PcsStatus FROM PcsInf WHERE PcsOdrSeq = 90001") != "CO")
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Theory]
    [InlineData("EMR_DSN='Driver={x};Server=y'", "")]
    [InlineData("EMR_SERVER=hospital", "")]
    [InlineData("emrsync__dsn_FILE=/run/secrets/emr", "")]
    [InlineData("", "# ours\n EMR_SERVER = \"hospital\"\n")]
    public async Task An_EMR_of_ones_own_wins(string environment, string file) => Assert.Equal("own", await WhoseAsync(environment, file));

    [Theory]
    [InlineData("EMR_SERVER=", "")]
    [InlineData("EMR_PORT=1433", "#EMR_SERVER=hospital\nEMR_SERVER=\nEMR_DSN= # none\n")]
    public async Task Without_one_there_is_the_demo(string environment, string file) => Assert.Equal("demo", await WhoseAsync(environment, file));

    private static async Task<string> WhoseAsync(string environment, string file)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-whose-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, ".env"), file);
        var said = await Peer.ShellAsync($"cd {folder.FullName} && env {environment} bash -euo pipefail -c 'root={GantrySystem.Root}; source $root/compose/lib/emr.sh; own_emr && echo own || echo demo'");
        folder.Delete(recursive: true);
        return said.MustSucceed().Output.Trim();
    }

    private async Task<string> PatientAsync(string accession)
    {
        var found = await Findscu.AskAsync(_system.Ports.Worklist, [$"AccessionNumber={accession}", "PatientName"]);
        return found.Only["0010,0010"]!;
    }

    private async Task<PeerResult> GantryAsync(string arguments) => (await Peer.ShellAsync(
        $"GANTRY_DATA='{_system.Data}' GANTRY_DLL='{GantrySystem.SidecarProgram}' {Path.Combine(GantrySystem.Root, "compose", "gantry")} {arguments}")).MustSucceed();

    private Task<string> EmrAsync(string sql) => new Sqlite3(Database).RunAsync(sql);
}
