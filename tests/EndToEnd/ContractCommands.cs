using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gantry.EndToEnd.Tests;

/// <summary>
/// The commands that people have in their notes, word for word, against a fresh start; only the ports are moved. What they
/// print is what a person would look for. The system that answers is the heir's.
/// </summary>
public abstract partial class ContractCommands
{
    private readonly Func<string, Task<PeerResult>> _command;
    private readonly int _dicomPort;

    /// <param name="command">Runs a command, its ports moved and the name of the worklist filled in.</param>
    /// <param name="dicomPort">The DICOM port that the archive says it has.</param>
    private protected ContractCommands(Func<string, Task<PeerResult>> command, int dicomPort) => (_command, _dicomPort) = (command, dicomPort);

    [Fact]
    public async Task Every_patient_of_the_demo_is_found()
    {
        var found = await FindAsync("""findscu -v -W -k "PatientName=" localhost 5243""");

        Assert.Contains("[SMITH^JOHN]", found.Output, StringComparison.Ordinal);
        Assert.Contains("[SMITH^JANE]", found.Output, StringComparison.Ordinal);
        Assert.Contains("[JONES^MARY]", found.Output, StringComparison.Ordinal);
        Assert.True(Answers(found) >= 4, found.ToString());
    }

    [Fact]
    public async Task An_order_is_found_by_its_accession_number()
    {
        var found = await FindAsync("""findscu -v -W -k "AccessionNumber=4567" localhost 5243""");

        Assert.Equal(1, Answers(found));
        Assert.Contains("[4567]", Answered(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_a_modality_are_found()
    {
        var found = await FindAsync("""findscu -v -W -k "(0040,0100)[0].Modality=MR" localhost 5243""");

        Assert.True(Answers(found) >= 1, found.ToString());
        Assert.Equal(Answers(found), MagneticResonance().Count(Answered(found)));
        Assert.DoesNotContain("[MG]", Answered(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_today_are_found()
    {
        var found = await FindAsync(
            """findscu -v -W -k "(0040,0100)[0].ScheduledProcedureStepStartDate=$(date +%Y%m%d)" localhost 5243""");

        Assert.True(Answers(found) >= 4, found.ToString());
        Assert.Equal(Answers(found), Date().Count(Answered(found)));
    }

    [Fact]
    public async Task Orders_of_today_for_a_modality_are_found_with_their_patients()
    {
        var found = await FindAsync(
            """findscu -v -W -k "PatientName=" -k "(0040,0100)[0].Modality=MR" -k "(0040,0100)[0].ScheduledProcedureStepStartDate=$(date +%Y%m%d)" localhost 5243""");

        Assert.True(Answers(found) >= 1, found.ToString());
        Assert.Contains("[MR]", Answered(found), StringComparison.Ordinal);
        Assert.DoesNotContain("[SMITH^JANE]", Answered(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_port_answers_under_another_called_title()
    {
        var found = await FindAsync("""findscu -v -W -k "ScheduledProcedureStepSequence[0].Modality=MG" localhost 4243 -aec ORTHANC_MWL""");

        Assert.True(Answers(found) >= 3, found.ToString());
        Assert.DoesNotContain("[MR]", Answered(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_port_answers_an_echo_under_another_called_title() =>
        (await _command("echoscu localhost 4243 -aec ORTHANC_MWL")).MustSucceed();

    [Fact]
    public async Task The_archive_tells_what_it_is()
    {
        var system = await JsonAsync("curl -u orthanc:orthanc http://localhost:8042/system");

        Assert.Equal("ORTHANC", system.GetProperty("DicomAet").GetString());
        Assert.Equal(_dicomPort, system.GetProperty("DicomPort").GetInt32());
    }

    [Fact]
    public async Task The_archive_lists_its_studies() =>
        Assert.Equal(JsonValueKind.Array, (await JsonAsync("curl -u orthanc:orthanc http://localhost:8042/studies")).ValueKind);

    [Fact]
    public async Task The_table_is_there_for_sqlite3()
    {
        var rows = await _command(
            """sqlite3 <worklist.db> "SELECT accession_number, patient_name, scheduled_time, status FROM worklist_items;" """);

        rows.MustSucceed();
        Assert.Contains("ACC000|SMITH^JOHN|100000|SCHEDULED", rows.Output, StringComparison.Ordinal);
        Assert.Contains("ACC001|SMITH^JANE|100000|SCHEDULED", rows.Output, StringComparison.Ordinal);
        Assert.Contains("ACC002|JONES^MARY|110000|SCHEDULED", rows.Output, StringComparison.Ordinal);
        Assert.Contains("4567|", rows.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statuses_can_be_counted_with_sqlite3()
    {
        var rows = await _command("""sqlite3 <worklist.db> "SELECT status, COUNT(*) FROM worklist_items GROUP BY status;" """);

        rows.MustSucceed();
        Assert.Matches(@"SCHEDULED\|\d+", rows.Output);
    }

    [Fact]
    public async Task A_row_inserted_with_sqlite3_is_in_the_very_next_answer()
    {
        (await _command(
            """sqlite3 <worklist.db> "INSERT INTO worklist_items (accession_number, patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date, scheduled_time, modality, study_description, procedure_code) VALUES ('ACC123','BS123456','SMITH^JOHN','19800101','M', strftime('%Y%m%d','now'),'143000','MG','Screening Mammography','MAMMO_SCREENING');" """))
            .MustSucceed();

        var found = await FindAsync("""findscu -v -W -k "AccessionNumber=ACC123" -k "PatientID=" -k "StudyInstanceUID=" localhost 5243""");

        Assert.Equal(1, Answers(found));
        Assert.Contains("[BS123456]", Answered(found), StringComparison.Ordinal);
        // Made once for a row that came without one, and kept
        var again = await FindAsync("""findscu -v -W -k "AccessionNumber=ACC123" -k "StudyInstanceUID=" localhost 5243""");
        Assert.Equal(StudyUid().Match(Answered(found)).Value, StudyUid().Match(Answered(again)).Value);
        Assert.Matches(StudyUid(), Answered(again));
    }

    private async Task<PeerResult> FindAsync(string command) => (await _command(command)).MustSucceed();

    private async Task<JsonElement> JsonAsync(string command)
    {
        // curl shows its progress on the other stream, as for a person
        var result = (await _command($"{command} 2>/dev/null")).MustSucceed();
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static int Answers(PeerResult found) => Pending().Count(found.Output);

    /// <summary>From the first answer on: findscu prints the request before.</summary>
    private static string Answered(PeerResult found) =>
        Pending().Match(found.Output) is { Success: true } first ? found.Output[first.Index..] : "";

    [GeneratedRegex(@"Find Response:? \d+ \(Pending")]
    private static partial Regex Pending();

    [GeneratedRegex(@"\(0008,0060\) CS \[MR\]")]
    private static partial Regex MagneticResonance();

    [GeneratedRegex(@"\(0040,0002\) DA \[\d{8}\]")]
    private static partial Regex Date();

    [GeneratedRegex(@"\(0020,000d\) UI \[[0-9.]{5,}")]
    private static partial Regex StudyUid();
}
