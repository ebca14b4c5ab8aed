using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Services;

/// <summary>compose/up --postgres: images and worklist in a PostgreSQL of our own.</summary>
[Collection(SharedEverything.Name)]
public sealed class PostgresTests(EverythingSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Psql _psql = new(running.System);

    [Fact]
    public async Task The_commands_of_the_contract_find_the_demo()
    {
        foreach (var (command, expected) in new[]
        {
            ("""findscu -v -W -k "PatientName=" localhost 5243""", "[SMITH^JOHN]"),
            ("""findscu -v -W -k "AccessionNumber=4567" localhost 5243""", "[4567]"),
            ("""findscu -v -W -k "PatientName=" -k "(0040,0100)[0].Modality=MR" -k "(0040,0100)[0].ScheduledProcedureStepStartDate=$(date +%Y%m%d)" localhost 5243""", "[MR]"),
            ("""findscu -v -W -k "PatientName=" -k "ScheduledProcedureStepSequence[0].Modality=MG" localhost 4243 -aec ORTHANC_MWL""", "[JONES^MARY]"),
            ("echoscu -v localhost 4243 -aec ORTHANC_MWL", "Success"),
            ("curl -u orthanc:orthanc http://localhost:8042/system", "\"DatabaseBackendPlugin\""),
            ("curl -u orthanc:orthanc http://localhost:8042/studies", "["),
        })
        {
            Assert.Contains(expected, (await _system.CommandAsync(command)).MustSucceed().Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_order_inserted_by_psql_is_in_the_very_next_answer()
    {
        await _psql.RunAsync("worklist", """
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            VALUES ('PSQL1', 'P1', 'PSQL^INSERTED', to_char(now(), 'YYYYMMDD'), '143000', 'MG');
            """);

        var found = await Findscu.AskAsync(_system.Ports.Worklist, ["AccessionNumber=PSQL1", "PatientName"]);

        Assert.Equal("PSQL^INSERTED", found.Only["0010,0010"]);
    }

    [Fact]
    public async Task An_image_is_in_the_database_and_in_no_file()
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "CR", study, "INDB");

        (await Peer.RunAsync("storescu", ["localhost", $"{_system.Ports.Archive}", image])).MustSucceed();

        var archive = new Archive(_system);
        var instance = Assert.Single(await archive.InstancesAsync(study));
        // Attachment 1 is the image itself
        var size = await archive.GetAsync($"instances/{instance}/attachments/dicom/size");
        Assert.Equal(size.GetRawText(), await _psql.RunAsync("orthanc", $"""
            SELECT length(lo_get(content)) FROM resources JOIN attachedfiles ON id = internalid JOIN storagearea USING (uuid)
            WHERE publicid = '{instance}' AND filetype = 1;
            """));
        Assert.Empty(Directory.GetFiles(Path.Combine(_system.Data, "orthanc"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_cluster_has_checksums_and_Unicode()
    {
        Assert.Equal("on", await _psql.RunAsync("worklist", "SHOW data_checksums;"));
        Assert.Equal("UTF8", await _psql.RunAsync("worklist", "SHOW server_encoding;"));
        Assert.Equal("127.0.0.1", await _psql.RunAsync("worklist", "SHOW listen_addresses;"));
        Assert.Equal("f", await _psql.RunAsync("worklist", "SELECT usesuper FROM pg_user WHERE usename = current_user;"));
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password_which_only_the_owner_can_read()
    {
        var refused = await Peer.ShellAsync(
            $"PGPASSWORD=gantry psql -X -h 127.0.0.1 -p {_system.Ports.Postgres} -U gantry -c 'SELECT 1' worklist");

        Assert.NotEqual(0, refused.Status);
        Assert.Contains("password authentication failed", refused.Output, StringComparison.Ordinal);
        Assert.Equal("600", (await Peer.ShellAsync($"stat -c %a '{_system.Data}'/secrets/* | sort -u")).Output);
        Assert.Equal("700", (await Peer.ShellAsync($"stat -c %a '{_system.Data}'")).Output);
        // Nor does it stand where every user can see it
        var password = (await File.ReadAllTextAsync(Path.Combine(_system.Data, "secrets", "gantry"))).Trim();
        Assert.DoesNotContain(password, (await Peer.ShellAsync("ps -eo args")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_does_not_run_as_root()
    {
        var user = await Peer.ShellAsync($"stat -c %u /proc/{_system.ProcessOf("postgres")}");

        Assert.NotEqual("0", user.MustSucceed().Output.Trim());
    }
}
