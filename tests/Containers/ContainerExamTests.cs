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
        var link = (await containers.CommandAsync("curl -s -u orthanc:orthanc http://localhost:8042/ohif/viewer")).MustSucceed();
        Assert.Contains($":{_ports.Viewer}/", link.Output, StringComparison.Ordinal);
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

    [Fact]
    public async Task A_backup_is_made_on_its_volume_while_everything_runs()
    {
        var made = (await containers.InsideAsync("orthanc-worklists", "gantry", "backup", "/backups/")).MustSucceed();

        Assert.Contains("orthanc.json", made.Output, StringComparison.Ordinal);
        var file = Assert.Single((await containers.InsideAsync("orthanc-worklists", "ls", "/backups")).MustSucceed().Output.Split('\n'));
        var listed = (await containers.InsideAsync("orthanc-worklists", "tar", "-tzf", $"/backups/{file}")).MustSucceed();
        Assert.Contains("worklist.db", listed.Output, StringComparison.Ordinal);
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

    /// <summary>Nobody had to be killed, and nobody fell.</summary>
    private async Task EveryEndWasAGoodOneAsync()
    {
        var ended = (await containers.ComposeAsync("ps", "-a", "--format", "{{.Service}} {{.ExitCode}}")).MustSucceed();
        Assert.Equal(
            ["manage-screening 0", "orthanc-modality 0", "orthanc-pacs 0", "orthanc-worklists 0", "postgres 0"],
            ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private static int Images(string json) => JsonDocument.Parse(json).RootElement.GetProperty("images").GetArrayLength();

    [GeneratedRegex("/clinic/[0-9a-f-]{36}")]
    private static partial Regex ClinicLink();

    [GeneratedRegex("name=\"appointmentId\" value=\"(?<id>[0-9a-f-]{36})\"")]
    private static partial Regex SendForm();
}
