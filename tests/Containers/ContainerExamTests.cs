using System.Text.Json;
using System.Text.RegularExpressions;
using Gantry.Cloud.Tests.System;

namespace Gantry.Containers.Tests;

/// <summary>Exams through the published ports, and what is left of them after everything was taken down and started again.</summary>
[Collection(StartedContainers.Name), Trait("Category", StartedContainers.Category)]
public sealed partial class ContainerExamTests(ContainerSystem containers)
{
    private readonly Ports _ports = containers.Ports;

    [Fact]
    public async Task The_viewer_the_pages_and_the_links_to_the_viewer_are_there()
    {
        var viewer = await ContainerSystem.GetAsync($"http://localhost:{_ports.Viewer}/");
        var health = await ContainerSystem.GetAsync($"http://localhost:{_ports.SidecarWeb}/health");

        Assert.Equal(200, viewer.Status);
        Assert.Contains("OHIF", viewer.Text, StringComparison.Ordinal);
        Assert.Equal(200, health.Status);
        Assert.Contains("\"status\":\"healthy\"", health.Text, StringComparison.Ordinal);
        foreach (var address in new[] { "ohif/viewer", "ohif/" })
        {
            var link = (await containers.CommandAsync($"curl -s -i -u orthanc:orthanc http://localhost:8042/{address}")).MustSucceed();
            Assert.Contains("Content-Type: text/html", link.Output, StringComparison.Ordinal);
            Assert.Contains($":{_ports.Viewer}/", link.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_simulator_asks_for_the_worklist_and_sends_a_study_to_the_archive()
    {
        var found = await ContainerSystem.OrthancAsync(_ports.ModalityWeb, "modalities/worklists/find-worklist", """{"PatientName":"","AccessionNumber":"4567"}""");
        Assert.Single(found.EnumerateArray());

        (await containers.InsideAsync("orthanc-worklists", "gantry", "dicom-send", "-H", "orthanc-modality", "-p", "4244", "-a", "MODALITY",
            "-m", "CR", "--images", "1", "--columns", "256")).MustSucceed();
        var study = (await ContainerSystem.OrthancAsync(_ports.ModalityWeb, "studies"))[0].GetString()!;
        await ContainerSystem.OrthancAsync(_ports.ModalityWeb, "modalities/archive/store", study);

        Assert.Equal("CR", (await ContainerSystem.OrthancAsync(_ports.ArchiveWeb, $"studies/{study}/series"))[0]
            .GetProperty("MainDicomTags").GetProperty("Modality").GetString());
    }

    [Theory]
    [InlineData("Driver={FreeTDS};Server=127.0.0.1;Port=1;UID=a;PWD=b;TDS_Version=7.4", "Unable to connect")]
    [InlineData("Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=1;Database=emr;UID=a;PWD=b", "refused")]
    [InlineData("Driver={SQLite3};Database=/nowhere/emr.db", "connect failed")]
    public async Task The_drivers_for_an_EMR_are_there_and_say_themselves_what_is_wrong(string connection, string words)
    {
        var check = await containers.ComposeAsync(
            "exec", "-T", "-e", $"EMR_DSN={connection}", "-e", "EmrSync__Preset=pcsinf", "orthanc-worklists", "gantry", "emr", "check");

        Assert.NotEqual(0, check.Status);
        Assert.DoesNotContain("Can't open lib", check.Output, StringComparison.Ordinal);
        Assert.Contains(words, check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_of_the_EMR_is_performed_and_the_EMR_is_told()
    {
        await EmrAsync("INSERT INTO PcsInf (PcsOdrSeq, PcsOdrDtm, PcsUntCod, PcsPatNam, PcsChtNum) VALUES (90001, strftime('%Y%m%d', 'now', 'localtime') || '1200', 'CR', '서문탁', '700300')");

        (await containers.InsideAsync("orthanc-worklists", "gantry", "emr", "sync")).MustSucceed();
        (await ContainerSystem.ModalityAsync(
            "modality", "-p", $"{_ports.Worklist}", "--pacs-port", $"{_ports.Archive}", "--accession", "00090001", "--columns", "128", "--images", "1")).MustSucceed();

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await EmrAsync("SELECT PcsStatus FROM PcsInf WHERE PcsOdrSeq = 90001") != "CO")
            patience.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_backup_is_made_on_its_volume_while_everything_runs_and_brought_back()
    {
        await containers.SqlAsync("""
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            VALUES ('BACK1', 'PBACK1', 'BACK^AGAIN', strftime('%Y%m%d','now'), '120000', 'CR');
            """);
        var made = (await containers.InsideAsync("orthanc-worklists", "gantry", "backup", "/backups/")).MustSucceed();

        Assert.Contains("orthanc.json", made.Output, StringComparison.Ordinal);
        var file = Assert.Single((await containers.InsideAsync("orthanc-worklists", "ls", "/backups")).MustSucceed().Output.Split('\n'));
        var listed = (await containers.InsideAsync("orthanc-worklists", "tar", "-tzf", $"/backups/{file}")).MustSucceed();
        Assert.Contains("worklist.db", listed.Output, StringComparison.Ordinal);

        await containers.SqlAsync("DELETE FROM worklist_items WHERE accession_number = 'BACK1';");
        (await containers.ComposeAsync("stop", "orthanc-worklists")).MustSucceed();
        (await containers.ComposeAsync("run", "--rm", "-T", "--no-deps", "--entrypoint", "gantry", "orthanc-worklists", "restore", $"/backups/{file}", "--force")).MustSucceed();
        await containers.UpAsync();

        Assert.Equal("BACK^AGAIN", await containers.SqlAsync("SELECT patient_name FROM worklist_items WHERE accession_number = 'BACK1';"));
    }

    [Fact]
    public async Task An_exam_reaches_the_clinic_and_everything_is_there_after_a_restart()
    {
        using var clinic = new Browser($"http://localhost:{_ports.Cloud}");
        (await clinic.SignInAsync("clinic@demo.test", "gantry-demo-2026")).Dispose();
        var day = ClinicLink().Match(await clinic.PageAsync("/clinics")).Value;
        var appointment = SendForm().Match(await clinic.PageAsync(day)).Groups["id"].Value;
        var images = $"/api{day}/appointment/{appointment}/images";

        // From the click to the last image: relay, worklist, MPPS, C-STORE, change feed, relay
        using (var stream = await clinic.StreamAsync($"/api{day}/appointment/{appointment}/status/stream"))
        {
            (await clinic.SubmitAsync(day, $"{day}?handler=Send", new() { ["appointmentId"] = appointment })).Dispose();
            var state = "";
            while (state != "complete")
            {
                if (await stream.NextAsync() is var happened && happened.TryGetProperty("state", out var now))
                    state = now.GetString()!;
            }
        }
        using (var stream = await clinic.StreamAsync($"{images}/stream"))
        {
            while (Images(await clinic.PageAsync(images)) < 4)
                await stream.NextAsync();
        }
        // And one by a modality outside, by the published ports
        await containers.SqlAsync("""
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            VALUES ('KEPT1', 'PKEPT1', 'KEPT^EXAM', strftime('%Y%m%d','now'), '120000', 'CR');
            """);
        (await ContainerSystem.ModalityAsync(
            "modality", "-p", $"{_ports.Worklist}", "--pacs-port", $"{_ports.Archive}", "--accession", "KEPT1", "--images", "1")).MustSucceed();
        var before = await KeptAsync();
        Assert.Contains("KEPT1|COMPLETED", before.Orders, StringComparison.Ordinal);
        foreach (var service in new[] { "orthanc-worklists", "manage-screening" })
            Assert.NotEmpty((await containers.InsideAsync(service, "ls", "/var/lib/gantry/audit")).MustSucceed().Output.Trim());

        (await containers.ComposeAsync("stop")).MustSucceed();
        await EveryEndWasAGoodOneAsync();
        (await containers.ComposeAsync("down")).MustSucceed();
        await containers.UpAsync();

        Assert.Equal(before, await KeptAsync());
        // And a power cut, as far as containers know one
        (await containers.ComposeAsync("kill")).MustSucceed();
        await containers.UpAsync();
        Assert.Equal(before, await KeptAsync());
        // Still signed in: the keys of the cookies are in the database
        Assert.Equal(4, Images(await clinic.PageAsync(images)));
        Assert.Contains("\"state\":\"complete\"", await clinic.PageAsync($"/api{day}/statuses"), StringComparison.Ordinal);
        var thumbnail = JsonDocument.Parse(await clinic.PageAsync(images)).RootElement.GetProperty("images")[0].GetProperty("thumbnail_url").GetString()!;
        using var picture = await clinic.GetAsync(thumbnail);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
    }

    private async Task<(string Orders, string Steps, string Archive)> KeptAsync() => (
        await containers.SqlAsync("SELECT accession_number, status, study_instance_uid FROM worklist_items ORDER BY 1;"),
        await containers.SqlAsync("SELECT sop_instance_uid, status FROM mpps_tracking ORDER BY 1;"),
        string.Join(' ', (await ContainerSystem.OrthancAsync(_ports.ArchiveWeb, "instances")).EnumerateArray().Select(id => id.GetString()!).Order(StringComparer.Ordinal)));

    /// <summary>Runs SQL in the demo EMR.</summary>
    private async Task<string> EmrAsync(string sql) =>
        (await containers.InsideAsync("orthanc-worklists", "sqlite3", "-cmd", ".timeout 10000", "/var/lib/gantry/emr.db", sql)).MustSucceed().Output;

    /// <summary>Nobody had to be killed, and nobody fell.</summary>
    private async Task EveryEndWasAGoodOneAsync()
    {
        var ended = (await containers.ComposeAsync("ps", "-a", "--format", "{{.Service}} {{.ExitCode}}")).MustSucceed();
        Assert.Equal(
            ["demo-emr 0", "manage-screening 0", "orthanc-modality 0", "orthanc-pacs 0", "orthanc-worklists 0", "postgres 0"],
            ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static int Images(string json) => JsonDocument.Parse(json).RootElement.GetProperty("images").GetArrayLength();

    [GeneratedRegex("/clinic/[0-9a-f-]{36}")]
    private static partial Regex ClinicLink();

    [GeneratedRegex("name=\"appointmentId\" value=\"(?<id>[0-9a-f-]{36})\"")]
    private static partial Regex SendForm();
}
