namespace Gantry.EndToEnd.Tests.Dcmtk;

/// <summary>DCMTK's findscu asks for the worklist in all the ways that people write it.</summary>
[Collection(SharedSystem.Name)]
public sealed class FindscuTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);

    private int Port => _system.Ports.Worklist;

    [Theory]
    [InlineData("AccessionNumber=#")]
    [InlineData("(0008,0050)=#")]
    [InlineData("0008,0050=#")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].Modality=MR")]
    [InlineData("AccessionNumber=#", "ScheduledProcedureStepSequence[0].Modality=MR")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].(0008,0060)=MR")]
    [InlineData("AccessionNumber=#", "ScheduledProcedureStepSequence[0].Modality=CT\\MR")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledProcedureStepStartDate=20260102")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledProcedureStepStartDate=20260101-20260103")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledProcedureStepStartDate=20260101-")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledProcedureStepStartTime=0900-1000")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledStationAETitle=MR1")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledPerformingPhysicianName=house*")]
    [InlineData("AccessionNumber=#", "PatientName=")]
    [InlineData("AccessionNumber=#", "PatientName=*")]
    [InlineData("AccessionNumber=#", "PatientName=Keys^W?ys")]
    [InlineData("AccessionNumber=#", "PatientName=KEYS*")]
    [InlineData("AccessionNumber=#", "PatientName=keys^ways")]
    [InlineData("AccessionNumber=#", "PatientID=P#")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0].ScheduledProcedureStepID=#")]
    [InlineData("AccessionNumber=#", "RequestedProcedureID=#")]
    [InlineData("AccessionNumber=#", "(0040,0100)")]
    [InlineData("AccessionNumber=#", "(0040,0100)[0]")]
    public async Task An_order_is_found_however_its_keys_are_written(params string[] keys)
    {
        var accession = await AddAsync();

        var found = await Findscu.AskAsync(Port, [.. keys.Select(key => key.Replace("#", accession, StringComparison.Ordinal))]);

        Assert.Equal(accession, found.Only["0008,0050"]);
    }

    [Theory]
    [InlineData("(0040,0100)[0].Modality=CT")]
    [InlineData("(0040,0100)[0].ScheduledProcedureStepStartDate=20260103")]
    [InlineData("(0040,0100)[0].ScheduledProcedureStepStartDate=-20260101")]
    [InlineData("(0040,0100)[0].ScheduledProcedureStepStartTime=1000-1100")]
    [InlineData("(0040,0100)[0].ScheduledStationAETitle=MR2")]
    [InlineData("PatientName=WAYS*")]
    [InlineData("PatientID=P")]
    [InlineData("StudyInstanceUID=1.2.3")]
    public async Task An_order_is_not_found_by_another_value(string key)
    {
        var accession = await AddAsync();

        var found = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}", key]);

        Assert.Equal(("Success", 0), (found.Outcome, found.Items.Count));
    }

    [Fact]
    public async Task The_answer_holds_what_was_asked_for_and_nothing_else()
    {
        var accession = await AddAsync();

        var item = (await Findscu.AskAsync(Port, [$"AccessionNumber={accession}", "PatientID", "StudyInstanceUID", "(0040,0100)[0].Modality"])).Only;

        Assert.Equal($"P{accession}", item["0010,0020"]);
        Assert.Equal("MR", item["0008,0060"]);
        Assert.Equal(await _worklist.StudyUidOfAsync(accession), item["0020,000d"]);
        Assert.Null(item["0010,0010"]);
        Assert.Null(item["0040,0002"]);
    }

    [Theory]
    [InlineData("-x=")]
    [InlineData("-xe")]
    [InlineData("-xb")]
    [InlineData("-xd")]
    [InlineData("-xi")]
    [InlineData("-pdu", "4096")]
    [InlineData("-pdu", "131072")]
    [InlineData("-aet", "A B", "-aec", "SCREENING_MWL")]
    public async Task Any_transfer_syntax_PDU_size_and_title_will_do(params string[] options)
    {
        var accession = await AddAsync();

        var found = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}", "PatientName"], options);

        Assert.Equal("KEYS^WAYS", found.Only["0010,0010"]);
    }

    [Fact]
    public async Task A_query_from_a_file_and_answers_into_files()
    {
        var accession = await AddAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_system.Data, $"query {accession}")).FullName;
        var text = Path.Combine(folder, "query.txt");
        await File.WriteAllTextAsync(text, $"(0008,0050) SH {accession}\n(0010,0010) PN\n(0010,0030) DA\n");
        (await Peer.RunAsync("dump2dcm", [text, $"{folder}/query.dcm"])).MustSucceed();

        (await Peer.RunAsync("findscu", ["-W", "-X", "-od", folder, "localhost", $"{Port}", $"{folder}/query.dcm"])).MustSucceed();

        var answer = (await Peer.RunAsync("dcmdump", [$"{folder}/rsp0001.dcm"])).MustSucceed().Output;
        Assert.Contains("[KEYS^WAYS]", answer, StringComparison.Ordinal);
        Assert.Contains("(0010,0030) DA [19700101]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_queries_on_one_association()
    {
        var accession = await AddAsync();

        var found = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}"], "--repeat", "20");

        Assert.Equal(20, found.Items.Count);
        Assert.Equal("Success", found.Outcome);
    }

    [Fact]
    public async Task An_association_that_is_aborted_after_the_query_disturbs_nobody()
    {
        var accession = await AddAsync();

        var aborted = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}"], "--abort");
        var found = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}"]);

        Assert.Single(aborted.Items);
        Assert.Equal(accession, found.Only["0008,0050"]);
    }

    [Fact]
    public async Task A_cancel_ends_the_answers_and_the_association_goes_on()
    {
        await _worklist.RunAsync("""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 20000)
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality, study_description)
            SELECT 'CANCEL' || n, 'CANCEL' || n, 'CANCEL^ME', '20200101', '080000', 'OT', 'Longer than what lies between two programs' FROM number;
            """);

        var found = await Findscu.AskAsync(
            Port, ["(0040,0100)[0].Modality=OT", "PatientName", "PatientID", "AccessionNumber", "StudyInstanceUID", "RequestedProcedureDescription"],
            "--cancel", "3", "--repeat", "2");

        // Findscu cancels the first of the two queries only; the second gets everything
        found.Result.MustSucceed();
        Assert.Contains("Received Final Find Response (Cancel: ", found.Result.Output, StringComparison.Ordinal);
        Assert.Equal("Success", found.Outcome);
        Assert.InRange(found.Items.Count, 20_003, 39_000);
        await _worklist.RunAsync("DELETE FROM worklist_items WHERE accession_number LIKE 'CANCEL%';");
    }

    [Fact]
    public async Task A_cancel_after_the_last_answer_is_ignored()
    {
        var accession = await AddAsync();

        var found = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}"], "--cancel", "1", "--repeat", "3");

        found.Result.MustSucceed();
        Assert.Equal(3, found.Items.Count);
    }

    [Fact]
    public async Task Two_items_in_the_step_sequence_are_refused_with_a_reason()
    {
        var found = await Findscu.AskAsync(Port, ["(0040,0100)[0].Modality=MR", "(0040,0100)[1].Modality=CT"], "-d");

        Assert.Empty(found.Items);
        Assert.Contains("0xa900", found.Result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ErrorComment", found.Result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-P")]
    [InlineData("-S")]
    [InlineData("-O")]
    public async Task A_query_of_the_archive_is_not_ours_and_is_refused_in_negotiation(string model)
    {
        var refused = await Peer.RunAsync("findscu", ["-v", model, "-k", "QueryRetrieveLevel=STUDY", "-k", "PatientID", "localhost", $"{Port}"]);

        Assert.NotEqual(0, refused.Status);
        Assert.Contains("No Acceptable Presentation Contexts", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("홍길동*")]
    [InlineData("*洪^吉洞*")]
    [InlineData("HONG^GILDONG")]
    public async Task A_Korean_name_is_found_by_each_of_its_groups(string pattern)
    {
        var accession = await _worklist.AddOrderAsync(
            "US", "HONG^GILDONG", ("patient_name_ideographic", "'洪^吉洞'"), ("patient_name_phonetic", "'홍길동'"));

        var found = await Findscu.AskAsync(
            Port, ["SpecificCharacterSet=ISO_IR 192", $"AccessionNumber={accession}", $"PatientName={pattern}"]);

        Assert.Equal("HONG^GILDONG=洪^吉洞=홍길동", found.Only["0010,0010"]);
        Assert.Equal("ISO_IR 192", found.Only["0008,0005"]);
    }

    [Fact]
    public async Task Twenty_askers_at_once_get_the_same()
    {
        var accession = await AddAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Findscu.AskAsync(Port, [$"AccessionNumber={accession}"])));

        Assert.All(answers, found => Assert.Equal(accession, found.Only["0008,0050"]));
    }

    [Fact]
    public async Task A_changed_row_is_in_the_very_next_answer_and_a_finished_one_is_not()
    {
        var accession = await AddAsync();
        await _worklist.RunAsync($"UPDATE worklist_items SET patient_name = 'KEYS^CHANGED' WHERE accession_number = '{accession}';");
        var changed = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}", "PatientName"]);
        await _worklist.RunAsync($"UPDATE worklist_items SET status = 'COMPLETED' WHERE accession_number = '{accession}';");
        var finished = await Findscu.AskAsync(Port, [$"AccessionNumber={accession}"]);

        Assert.Equal("KEYS^CHANGED", changed.Only["0010,0010"]);
        Assert.Empty(finished.Items);
    }

    private Task<string> AddAsync() => _worklist.AddOrderAsync(
        "MR", "KEYS^WAYS", ("scheduled_date", "'20260102'"), ("scheduled_time", "'093000'"), ("scheduled_station_aet", "'MR1'"),
        ("scheduled_physician", "'HOUSE^GREGORY'"));
}
