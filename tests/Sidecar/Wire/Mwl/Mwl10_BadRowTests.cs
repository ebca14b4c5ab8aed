using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 10: one bad row never hides the others, and the admin sees it.</summary>
public sealed class Mwl10_BadRowTests
{
    [Fact]
    public async Task Illegal_rows_are_left_out_set_aside_with_their_reasons_and_hide_nobody()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("GOOD1", time: "080000"), Orders.Order("GOOD2", time: "120000"));
        await scp.AddAsync(
            Orders.Order("ACC-20260105-1A2B-X", time: "090000"),
            Orders.Order("BADCS", time: "100000") with { Modality = "M/G" },
            Orders.Order("BADID", time: "110000") with { PatientId = "P\\1" },
            Orders.Order("BADUID", time: "110000") with { StudyInstanceUid = "1.2..3" });
        var found = await scp.FindAsync([]);

        found.Succeeded();
        Assert.Equal(["GOOD1", "GOOD2"], found.Accessions);
        await scp.Inspection.WriteNotesAsync(default);
        await AssertSetAsideAsync(scp);
    }

    [Fact]
    public async Task A_bad_row_that_many_queries_see_is_noted_once_until_it_was_mended()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("BADCS") with { Modality = "M/G" });
        for (var i = 0; i < 3; i++) await scp.FindAsync([]);
        Assert.Equal(1, scp.Notes.Reader.Count);
        await scp.Inspection.WriteNotesAsync(default);
        await scp.FindAsync([]);
        Assert.Equal(0, scp.Notes.Reader.Count);

        await scp.Inspection.InspectAsync(default);
        await scp.FindAsync([]);
        Assert.Equal(0, scp.Notes.Reader.Count);

        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET modality = 'MG'");
        await scp.Inspection.InspectAsync(default);
        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET modality = 'M/G'");
        await scp.FindAsync([]);
        Assert.Equal(1, scp.Notes.Reader.Count);
    }

    [Fact]
    public async Task A_note_that_could_not_be_written_is_taken_again()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("BADCS") with { Modality = "M/G" });
        await scp.FindAsync([]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scp.Inspection.WriteNotesAsync(new CancellationToken(canceled: true)));
        await scp.FindAsync([]);
        await scp.Inspection.WriteNotesAsync(default);
        Assert.Equal("BADCS", Assert.Single(await scp.Store.SetAsideItemsAsync(10, default)).Reference);
    }

    [Fact]
    public async Task The_inspection_finds_them_before_anybody_asks_also_those_that_a_bad_date_hides()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(
            Orders.Order("GOOD1"),
            Orders.Order("ACC-20260105-1A2B-X"),
            Orders.Order("BADCS") with { Modality = "M/G" },
            Orders.Order("BADID") with { PatientId = "P\\1" },
            Orders.Order("BADUID") with { StudyInstanceUid = "1.2..3" });
        Assert.Equal(4, await scp.Inspection.InspectAsync(default));
        await AssertSetAsideAsync(scp);

        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET scheduled_date = '05.01.2026' WHERE accession_number = 'GOOD1'");
        Assert.Equal(5, await scp.Inspection.InspectAsync(default));
    }

    [Fact]
    public async Task Rows_in_a_status_that_some_peer_is_shown_are_inspected_and_others_are_not()
    {
        await using var scp = await Scp.StartAsync(new Gantry.Sidecar.Settings.PeerOptions { ListedStatuses = ["SCHEDULED", "IN_PROGRESS"] });
        await scp.AddAsync(
            Orders.Order("RUNNING") with { Modality = "M/G", Status = Gantry.Worklist.OrderStatus.InProgress },
            Orders.Order("DONE") with { Modality = "M/G", Status = Gantry.Worklist.OrderStatus.Completed });
        Assert.Empty((await scp.FindAsync([])).Succeeded());
        await scp.Inspection.WriteNotesAsync(default);
        Assert.Equal(1, await scp.Inspection.InspectAsync(default));
        Assert.Equal("RUNNING", Assert.Single(await scp.Store.SetAsideItemsAsync(10, default)).Reference);

        await scp.Store.UpdateStatusAsync("RUNNING", Gantry.Worklist.OrderStatus.Completed, default);
        Assert.Equal(0, await scp.Inspection.InspectAsync(default));
        Assert.Empty(await scp.Store.SetAsideItemsAsync(10, default));
    }

    [Fact]
    public async Task A_note_that_an_upgrade_left_about_a_good_row_stays_until_somebody_clears_it()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await scp.Store.SetAsideAsync("ACC1", "The order had no accession number and got this one. Set the right one.", default);
        Assert.Equal(0, await scp.Inspection.InspectAsync(default));
        Assert.Equal(["ACC1"], (await scp.Store.SetAsideItemsAsync(10, default)).Select(item => item.Reference));
    }

    [Fact]
    public async Task A_mended_row_leaves_the_list_and_is_served()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("BADCS") with { Modality = "M/G" });
        await scp.Store.SetAsideAsync("EMR row 17", "It has no accession number.", default);
        await scp.Inspection.InspectAsync(default);
        Assert.Equal(2, (await scp.Store.SetAsideItemsAsync(10, default)).Count);

        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET modality = 'MG'");
        await scp.Inspection.InspectAsync(default);
        // What another route set aside is not ours to forget
        Assert.Equal("EMR row 17", Assert.Single(await scp.Store.SetAsideItemsAsync(10, default)).Reference);
        Assert.Equal(["BADCS"], await scp.AccessionsAsync([]));
    }

    [Fact]
    public async Task What_does_not_change_the_exam_is_mended_and_the_row_served()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1", modality: "mg", time: "10:30") with
        {
            PatientSex = "female",
            PatientBirthDate = "15.3.1965",
            StudyDescription = new string('x', 100),
            PatientWeight = "heavy",
            ReferringPhysician = "DR\tHOUSE",
            ScheduledStationAet = "A STATION WITH A LONG NAME",
        });
        var answer = Assert.Single((await scp.FindAsync([])).Succeeded());
        Assert.Equal("MG", answer.StepOf().GetString(DicomTags.Modality));
        Assert.Equal("1030", answer.StepOf().GetString(DicomTags.ScheduledProcedureStepStartTime));
        Assert.Equal(new string('x', 64), answer.GetString(DicomTags.RequestedProcedureDescription));
        Assert.Equal("DR HOUSE", answer.GetString(DicomTags.ReferringPhysicianName));
        Assert.All(
            [DicomTags.PatientBirthDate, DicomTags.PatientWeight],
            tag => Assert.True(answer.Contains(tag) && answer.GetString(tag) is null));
        Assert.Equal("F", answer.GetString(DicomTags.PatientSex));
        Assert.Null(answer.StepOf().GetString(DicomTags.ScheduledStationAETitle));
        Assert.Equal(0, await scp.Inspection.InspectAsync(default));
    }

    [Fact]
    public async Task A_row_in_lower_case_is_found_by_what_it_is_served_as()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1", modality: "mg") with { PatientSex = "f" });
        Assert.Equal(["ACC1"], await scp.AccessionsAsync(Orders.AskStep((DicomTags.Modality, "MG"))));
        Assert.Equal(["ACC1"], await scp.AccessionsAsync(Orders.AskStep((DicomTags.Modality, "M*"))));
        Assert.Equal(["ACC1"], await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientSex, "F"))));
    }

    [Fact]
    public async Task A_row_padded_by_a_CHAR_column_is_found_by_every_key_and_by_the_station_of_its_modality()
    {
        await using var scp = await Scp.StartAsync(new Gantry.Sidecar.Settings.SidecarSettings
        {
            ModalityAeTitles = new Dictionary<string, string> { ["US"] = "XC70" },
            Peers = [new Gantry.Sidecar.Settings.PeerOptions { AeTitle = "XC70", OwnStepsOnly = true }, new Gantry.Sidecar.Settings.PeerOptions { AeTitle = "MMG1", OwnStepsOnly = true }],
        });
        await SqliteCli.RunAsync(scp.DatabasePath, """
            INSERT INTO worklist_items (accession_number, patient_id, patient_sex, scheduled_date, scheduled_time, modality, scheduled_station_aet)
            VALUES ('A1   ', 'P1   ', 'MALE  ', '20260105  ', '100000 ', 'Us   ', '      '), ('A2   ', 'P2   ', 'm', '20260105', '110000', 'Mg', 'MMG1  ');
            """);
        foreach (var keys in (DicomDataset[])
            [
                Orders.Ask((DicomTags.AccessionNumber, "A1")), Orders.Ask((DicomTags.PatientID, "P1")),
                Orders.AskStep((DicomTags.Modality, "US")), Orders.AskStep((DicomTags.ScheduledStationAETitle, "XC70")),
                Orders.AskStep((DicomTags.ScheduledProcedureStepStartTime, "0900-1030")),
            ])
            Assert.Equal(["A1"], await scp.AccessionsAsync(keys));
        Assert.Equal(["A1", "A2"], await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientSex, "M"))));
        Assert.Equal(["A1", "A2"], await scp.AccessionsAsync(Orders.Ask((DicomTags.PatientSex, "Male"))));
        Assert.Equal(["A1"], await scp.AccessionsAsync([], callingAeTitle: "XC70"));
        Assert.Equal(["A2"], await scp.AccessionsAsync([], callingAeTitle: "MMG1"));
    }

    private static async Task AssertSetAsideAsync(Scp scp)
    {
        var items = await scp.Store.SetAsideItemsAsync(10, default);
        Assert.Equal(["ACC-20260105-1A2B-X", "BADCS", "BADID", "BADUID"], items.Select(item => item.Reference).Order(StringComparer.Ordinal));
        Assert.Contains("is longer than 16 characters, which DICOM does not allow (SH)", items.Single(item => item.Reference.StartsWith("ACC", StringComparison.Ordinal)).Reason, StringComparison.Ordinal);
        Assert.All(items, item => Assert.DoesNotContain("SMITH", item.Reason, StringComparison.Ordinal));
    }
}
