using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Orthanc;

/// <summary>Orthanc as a client of the sidecar, by its REST interface.</summary>
[Collection(SharedSystem.Name)]
public sealed class OrthancAsksTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Archive _archive = new(running.System);
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);

    [Fact]
    public async Task Its_echo_is_answered() =>
        Assert.Equal(200, (await _archive.PostAsync("modalities/worklists/echo", "{}")).Status);

    [Fact]
    public async Task Its_question_for_the_worklist_is_answered()
    {
        var accession = await _worklist.AddOrderAsync("CT", "ORTHANC^ASKS");

        var answer = Archive.Json(await _archive.PostAsync("modalities/worklists/find-worklist", $$"""
            { "AccessionNumber": "{{accession}}", "PatientName": "", "StudyInstanceUID": "",
              "ScheduledProcedureStepSequence": [ { "Modality": "CT", "ScheduledProcedureStepStartDate": "" } ] }
            """));

        var item = Assert.Single(answer.EnumerateArray());
        Assert.Equal("ORTHANC^ASKS", item.GetProperty("PatientName").GetString());
        Assert.Equal(await _worklist.StudyUidOfAsync(accession), item.GetProperty("StudyInstanceUID").GetString());
        var step = Assert.Single(item.GetProperty("ScheduledProcedureStepSequence").EnumerateArray());
        Assert.Equal("CT", step.GetProperty("Modality").GetString());
    }

    [Fact]
    public async Task Its_question_for_another_modality_finds_nothing()
    {
        var accession = await _worklist.AddOrderAsync("CT", "ORTHANC^ASKS");

        var answer = Archive.Json(await _archive.PostAsync(
            "modalities/worklists/find-worklist",
            $$"""{ "AccessionNumber": "{{accession}}", "ScheduledProcedureStepSequence": [ { "Modality": "MG" } ] }"""));

        Assert.Empty(answer.EnumerateArray());
    }

    [Fact]
    public async Task Its_image_is_refused_and_both_sides_say_why()
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "MR", study, "BACK");
        (await Peer.RunAsync("storescu", ["localhost", $"{_system.Ports.Archive}", image])).MustSucceed();
        var instance = Assert.Single(await _archive.InstancesAsync(study));

        var (status, body) = await _archive.PostAsync("modalities/worklists/store", instance);

        Assert.Equal(500, status);
        Assert.Contains("0x0122", body, StringComparison.Ordinal);
        Assert.Matches(
            $@"Refused an image from ORTHANC at \S+: images belong to Orthanc, port {_system.Ports.Archive}",
            await File.ReadAllTextAsync(Path.Combine(_system.Data, "logs", "sidecar.log")));
    }
}
