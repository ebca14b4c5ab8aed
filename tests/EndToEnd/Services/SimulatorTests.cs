using System.Diagnostics;
using System.Text.Json;
using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Services;

/// <summary>The modality simulator, as an admin uses it from Orthanc Explorer or by REST.</summary>
[Collection(SharedEverything.Name)]
public sealed class SimulatorTests(EverythingSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Archive _archive = new(running.System);
    private readonly Archive _modality = new(running.System.Ports.ModalityWeb);

    [Fact]
    public async Task It_says_who_it_is_and_has_something_to_send()
    {
        Assert.Equal("MODALITY", (await _modality.GetAsync("system")).GetProperty("DicomAet").GetString());
        Assert.Equal(_system.Ports.Modality, (await _modality.GetAsync("system")).GetProperty("DicomPort").GetInt32());
        var modalities = (await _modality.GetAsync("series?expand")).EnumerateArray()
            .Select(series => series.GetProperty("MainDicomTags").GetProperty("Modality").GetString()).Distinct().Order();
        Assert.Equal(["CR", "CT", "MG", "MR", "XA"], modalities);
    }

    [Fact]
    public async Task It_asks_the_worklist_and_gets_the_orders()
    {
        var answer = Archive.Json(await _modality.PostAsync(
            "modalities/worklists/find-worklist", """{ "AccessionNumber": "4567", "PatientName": "" }"""));

        Assert.Equal("4567", Assert.Single(answer.EnumerateArray()).GetProperty("AccessionNumber").GetString());
    }

    [Fact]
    public async Task It_sends_a_study_and_the_archive_commits_to_it()
    {
        var study = (await _modality.GetAsync("studies")).EnumerateArray().First().GetString()!;
        var uid = (await _modality.GetAsync($"studies/{study}")).GetProperty("MainDicomTags").GetProperty("StudyInstanceUID").GetString()!;

        Archive.Json(await _modality.PostAsync("modalities/archive/store", study));

        Assert.Equal((await _modality.InstancesAsync(uid)).Order(), (await _archive.InstancesAsync(uid)).Order());
        Assert.Equal("Success", await CommitmentAsync($$"""{ "Resources": ["{{study}}"] }"""));
    }

    [Fact]
    public async Task The_archive_does_not_commit_to_what_it_does_not_have() =>
        Assert.Equal("Failure", await CommitmentAsync(
            $$"""{ "DicomInstances": [ { "SOPClassUID": "1.2.840.10008.5.1.4.1.1.2", "SOPInstanceUID": "{{DicomUid.New()}}" } ] }"""));

    [Fact]
    public async Task It_may_query_the_archive_and_fetch_from_it()
    {
        var uid = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "CR", uid, "FETCH");
        (await Peer.RunAsync("storescu", ["localhost", $"{_system.Ports.Archive}", image])).MustSucceed();

        var query = Archive.Json(await _modality.PostAsync(
            "modalities/archive/query", $$"""{ "Level": "Study", "Query": { "StudyInstanceUID": "{{uid}}" } }"""));
        Archive.Json(await _modality.PostAsync($"queries/{query.GetProperty("ID").GetString()}/retrieve", "MODALITY"));

        Assert.Single(await _modality.InstancesAsync(uid));
    }

    [Fact]
    public async Task The_archive_reaches_it_too() =>
        Assert.Equal(200, (await _archive.PostAsync("modalities/modality/echo", "{}")).Status);

    /// <summary>Asks the archive for storage commitment and waits for its report.</summary>
    private async Task<string> CommitmentAsync(string request)
    {
        var transaction = Archive.Json(await _modality.PostAsync("modalities/archive/storage-commitment", request));
        var limit = Stopwatch.StartNew();
        JsonElement report;
        do
        {
            report = await _modality.GetAsync(transaction.GetProperty("Path").GetString()!.TrimStart('/'));
        }
        while (report.GetProperty("Status").GetString() == "Pending" && limit.Elapsed < TimeSpan.FromSeconds(60));
        return report.GetProperty("Status").GetString()!;
    }
}
