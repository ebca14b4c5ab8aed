using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 12 and its kin: what each peer is shown, and that it is what stands on disk now.</summary>
public sealed class Mwl12_PeerViewTests
{
    [Fact]
    public async Task A_peer_that_wants_its_own_steps_gets_those_of_its_AE_title_and_others_get_all()
    {
        await using var scp = await Scp.StartAsync(new SidecarSettings
        {
            Peers = [new PeerOptions { AeTitle = "CT1", OwnStepsOnly = true }, new PeerOptions { AeTitle = "XC70", OwnStepsOnly = true }],
            ModalityAeTitles = new Dictionary<string, string> { ["US"] = "XC70" },
        });
        await scp.AddAsync(
            Orders.Order("OURS") with { ScheduledStationAet = "CT1" }, Orders.Order("THEIRS") with { ScheduledStationAet = "CT2" },
            Orders.Order("SONO", modality: "US"), Orders.Order("NOBODYS"));
        Assert.Equal(["OURS"], await scp.AccessionsAsync([], "CT1"));
        Assert.Equal(["SONO"], await scp.AccessionsAsync([], "XC70"));
        Assert.Equal(4, (await scp.AccessionsAsync([], "CT2")).Count);
        // A key does not open what the view closes
        Assert.Empty(await scp.AccessionsAsync(Orders.AskStep((DicomTags.ScheduledStationAETitle, "CT2")), "CT1"));
    }

    [Theory]
    [InlineData(null, "NEW")]
    [InlineData("SCHEDULED", "NEW")]
    [InlineData("IN_PROGRESS", "RUNNING")]
    [InlineData("SCHEDULED IN_PROGRESS COMPLETED DISCONTINUED", "DONE GIVENUP NEW RUNNING")]
    public async Task Each_peer_is_shown_the_statuses_set_for_it(string? statuses, string found)
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { ListedStatuses = statuses?.Split(' ') });
        await scp.AddAsync(
            Orders.Order("NEW"), Orders.Order("RUNNING") with { Status = OrderStatus.InProgress },
            Orders.Order("DONE") with { Status = OrderStatus.Completed }, Orders.Order("GIVENUP") with { Status = OrderStatus.Discontinued });
        Assert.Equal(found, string.Join(' ', await scp.AccessionsAsync([])));
    }

    [Fact]
    public async Task The_step_status_is_told_in_the_standards_words()
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { ListedStatuses = ["IN_PROGRESS"] });
        await scp.AddAsync(Orders.Order("RUNNING") with { Status = OrderStatus.InProgress });
        var answer = Assert.Single((await scp.FindAsync(Orders.AskStep((DicomTags.ScheduledProcedureStepStatus, "")))).Succeeded());
        Assert.Equal("STARTED", answer.StepOf().GetString(DicomTags.ScheduledProcedureStepStatus));
    }

    [Fact]
    public async Task A_row_that_somebody_writes_with_sqlite3_is_in_the_very_next_answer()
    {
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync();
        var today = Orders.AskStep((DicomTags.Modality, "MG")).Set(DicomTags.AccessionNumber).Set(DicomTags.PatientName);
        Assert.Empty((await scu.FindAsync(today)).Succeeded());

        await SqliteCli.RunAsync(scp.DatabasePath, "INSERT INTO worklist_items (accession_number, patient_id, patient_name, patient_birth_date, patient_sex, scheduled_date, scheduled_time, modality, study_description, procedure_code) VALUES ('ACC123','BS123456','SMITH^JOHN','19800101','M', strftime('%Y%m%d','now'),'143000','MG','Screening Mammography','MAMMO_SCREENING');");
        Assert.Equal(["ACC123"], (await scu.FindAsync(today)).Accessions);
        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET patient_name = 'SMITH^JACK'");
        Assert.Equal("SMITH^JACK", Assert.Single((await scu.FindAsync(today)).Succeeded()).GetString(DicomTags.PatientName));
        await SqliteCli.RunAsync(scp.DatabasePath, "UPDATE worklist_items SET status = 'COMPLETED'");
        Assert.Empty((await scu.FindAsync(today)).Succeeded());
    }
}
