using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>Rows that other programs wrote with values that DICOM does not allow: their neighbours are served all the same.</summary>
public sealed class ImpossibleRowTests(ImpossibleRowTests.Running running) : IClassFixture<ImpossibleRowTests.Running>
{
    private readonly SidecarAlone _sidecar = running.Sidecar;
    private readonly Sqlite3 _worklist = new(running.Sidecar.Database);

    /// <summary>What stands in one column of a row that is fine otherwise.</summary>
    public static TheoryData<string, string> Values { get; } = new()
    {
        { "accession_number", "'BAD-' || hex(randomblob(20))" },
        { "patient_id", "printf('%.200c', 'X')" },
        { "patient_name", "printf('%.300c', 'X')" },
        { "patient_name", "'NAME' || char(0, 27, 7) || 'CONTROL'" },
        { "patient_name", "x'FFFEC0AF'" },
        { "patient_name", "'A^B^C^D^E^F^G'" },
        { "patient_name", "'BACK\\SLASH'" },
        { "patient_name", "42" },
        { "patient_birth_date", "'yesterday'" },
        { "patient_birth_date", "'19701399'" },
        { "patient_sex", "'?'" },
        { "scheduled_date", "'2026-01-02'" },
        { "scheduled_date", "'99999999'" },
        { "scheduled_date", "NULL" },
        { "scheduled_time", "'25:61'" },
        { "scheduled_time", "'noon'" },
        { "modality", "'mr!'" },
        { "modality", "printf('%.40c', 'M')" },
        { "study_instance_uid", "'not a uid'" },
        { "study_instance_uid", "'1.2.' || printf('%.90c', '3')" },
        { "procedure_code", "printf('%.100c', 'C')" },
        { "study_description", "printf('%.500c', 'D')" },
        { "scheduled_station_aet", "printf('%.40c', 'S')" },
        { "patient_weight", "'heavy'" },
        { "patient_size", "'1,80'" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_row_with_an_impossible_value_hides_no_neighbour(string column, string value)
    {
        var patient = $"G{Guid.NewGuid():N}"[..12];
        var before = await AddAsync(patient, "'090000'");
        await AddAsync(patient, "'091000'", (column, value));
        var after = await AddAsync(patient, "'092000'");

        // By the patient that all three share, and without any key that narrows
        foreach (string[] keys in new string[][] { [$"PatientID={patient}", "AccessionNumber", "PatientName"], ["PatientID", "AccessionNumber"] })
        {
            var found = await Findscu.AskAsync(_sidecar.Port, keys);

            Assert.Equal("Success", found.Outcome);
            var accessions = found.Items.Where(item => item["0010,0020"] == patient).Select(item => item["0008,0050"]).ToList();
            Assert.Contains(before, accessions);
            Assert.Contains(after, accessions);
        }
    }

    [Fact]
    public async Task A_row_that_cannot_be_served_is_shown_with_its_reason_until_it_is_mended()
    {
        var patient = $"G{Guid.NewGuid():N}"[..12];
        const string TooLong = "'THIS-ACCESSION-NUMBER-IS-TOO-LONG'";
        await AddAsync(patient, "'100000'", ("accession_number", TooLong));

        var found = await Findscu.AskAsync(_sidecar.Port, [$"PatientID={patient}", "AccessionNumber"]);

        Assert.Equal(("Success", 0), (found.Outcome, found.Items.Count));
        var note = Assert.Single(await SetAsideAsync(), item => item.Reference == "THIS-ACCESSION-NUMBER-IS-TOO-LONG");
        Assert.Contains("16", note.Reason, StringComparison.Ordinal);
        await _sidecar.LogShowsAsync("Order THIS-ACCESSION-NUMBER-IS-TOO-LONG cannot be served");

        // Mended by hand, it is in the very next answer
        await _worklist.RunAsync($"UPDATE worklist_items SET accession_number = 'SHORT{patient[..8]}' WHERE accession_number = {TooLong};");
        Assert.Equal($"SHORT{patient[..8]}", (await Findscu.AskAsync(_sidecar.Port, [$"PatientID={patient}", "AccessionNumber"])).Only["0008,0050"]);
    }

    private Task<string> AddAsync(string patient, string time, params (string Column, string Value)[] odd) =>
        _worklist.AddOrderAsync("MR", "NEIGHBOUR^GOOD", [
            .. new[] { ("patient_id", Sqlite3.Text(patient)), ("scheduled_time", time) }.Where(pair => odd.All(other => other.Column != pair.Item1)),
            .. odd]);

    private async Task<IReadOnlyList<(string Reference, string Reason)>> SetAsideAsync()
    {
        using var http = new HttpClient();
        var json = await http.GetStringAsync($"http://127.0.0.1:{_sidecar.WebPort}/api/set-aside");
        return [.. JsonDocument.Parse(json).RootElement.EnumerateArray()
            .Select(item => (item.GetProperty("reference").GetString()!, item.GetProperty("reason").GetString()!))];
    }

    public sealed class Running : IAsyncLifetime
    {
        internal SidecarAlone Sidecar { get; private set; } = null!;

        public async Task InitializeAsync() => Sidecar = await SidecarAlone.StartAsync();

        public async Task DisposeAsync()
        {
            if (Sidecar is not null)
                await Sidecar.DisposeAsync();
        }
    }
}
