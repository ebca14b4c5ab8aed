using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Services;

/// <summary>Starts on a folder that has been used before, with PostgreSQL.</summary>
public sealed class PostgresRestartTests
{
    [Fact]
    public async Task After_a_power_cut_images_and_orders_are_there_again()
    {
        var data = GantrySystem.NewFolder();
        await using var first = await GantrySystem.StartAsync(data, parts: Parts.Postgres);
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(data, "CR", study, "KEPT1");
        (await Peer.RunAsync("storescu", ["localhost", $"{first.Ports.Archive}", image])).MustSucceed();
        await new Psql(first).RunAsync("worklist", """
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            VALUES ('KEPT1', 'P1', 'KEPT^ORDER', '20260101', '100000', 'MG');
            """);

        await first.PowerCutAsync("postgres", "orthanc", "sidecar");
        // The folder knows how it began, so --postgres need not be said again
        await using var second = await GantrySystem.StartAsync(data, first.Ports);

        Assert.Contains("kept in PostgreSQL", second.Output, StringComparison.Ordinal);
        Assert.Single(await new Archive(second).InstancesAsync(study));
        var found = await Findscu.AskAsync(second.Ports.Worklist, ["AccessionNumber=KEPT1", "PatientName"]);
        Assert.Equal("KEPT^ORDER", found.Only["0010,0010"]);
        (await second.StopAsync()).MustSucceed();

        // The next version of Debian brings another PostgreSQL
        (await Peer.ShellAsync($"echo 9 >'{data}/postgres/cluster/PG_VERSION'")).MustSucceed();
        var refused = await GantrySystem.UpAsync(GantrySystem.Arguments(first.Ports, data));
        Assert.Equal(3, refused.Status);
        Assert.Contains("was made by PostgreSQL 9, which is not installed", refused.Output, StringComparison.Ordinal);
        Assert.True(first.Ports.AllAreFree());
    }

    [Fact]
    public async Task A_folder_with_SQLite_is_not_changed_over_by_itself()
    {
        var data = GantrySystem.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(data, ".gantry-data"), "");
        await File.WriteAllTextAsync(Path.Combine(data, "worklist.db"), "");

        var refused = await GantrySystem.UpAsync(GantrySystem.Arguments(Ports.Free(), data, Parts.Postgres));

        Assert.Equal(2, refused.Status);
        Assert.Contains("are kept in SQLite", refused.Output, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }
}
