namespace Gantry.EndToEnd.Tests;

/// <summary>The worklist as somebody sees it who has the program <c>sqlite3</c> and the file.</summary>
internal sealed class Sqlite3(string database)
{
    private static int _lastOrder;

    /// <summary>Runs SQL; the result is what sqlite3 prints: a line per row, <c>|</c> between the values.</summary>
    public async Task<string> RunAsync(string sql) =>
        (await Peer.RunAsync("sqlite3", ["-cmd", ".timeout 10000", database, sql])).MustSucceed().Output;

    /// <summary>Inserts an order for today, under a new accession number; further columns as <c>name, SQL value</c>.</summary>
    public async Task<string> AddOrderAsync(string modality, string patientName, params (string Column, string Value)[] more)
    {
        var accession = $"E2E{Interlocked.Increment(ref _lastOrder):D5}";
        (string Column, string Value)[] columns =
        [
            ("accession_number", Text(accession)), ("patient_id", Text($"P{accession}")), ("patient_name", Text(patientName)),
            ("patient_birth_date", "'19700101'"), ("patient_sex", "'O'"), ("scheduled_date", "strftime('%Y%m%d','now','localtime')"),
            ("scheduled_time", "'120000'"), ("modality", Text(modality)), ("study_description", "'End-to-end'"),
        ];
        columns = [.. columns.Where(column => more.All(other => other.Column != column.Column)), .. more];
        await RunAsync($"""
            INSERT INTO worklist_items ({string.Join(", ", columns.Select(column => column.Column))})
            VALUES ({string.Join(", ", columns.Select(column => column.Value))});
            """);
        return accession;
    }

    public Task<string> StatusOfAsync(string accession) =>
        RunAsync($"SELECT status FROM worklist_items WHERE accession_number = {Text(accession)};");

    public Task<string> StudyUidOfAsync(string accession) =>
        RunAsync($"SELECT study_instance_uid FROM worklist_items WHERE accession_number = {Text(accession)};");

    /// <summary>A text as SQL writes it.</summary>
    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
