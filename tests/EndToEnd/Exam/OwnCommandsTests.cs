using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Exam;

/// <summary>Our own commands for people, against the started system with the real Orthanc.</summary>
[Collection(SharedSystem.Name)]
public sealed class OwnCommandsTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);

    private string[] Pacs => ["--pacs-port", $"{_system.Ports.Archive}"];

    [Theory]
    [InlineData("CT")]
    [InlineData("MR")]
    [InlineData("CR")]
    [InlineData("XA")]
    [InlineData("MG")]
    public async Task Dicom_send_stores_a_study_of_each_modality(string modality)
    {
        var sent = await CommandAsync(
            "dicom-send", "-p", $"{_system.Ports.Archive}", "-m", modality, "--images", "2", "--columns", "256", "--json");

        var study = Assert.Single(Json(sent).GetProperty("studies").EnumerateArray()).GetProperty("study_instance_uid").GetString()!;
        await new Archive(_system).StudyAsync(study);
    }

    [Fact]
    public async Task Pacs_test_passes() => await CommandAsync("pacs-test", "-p", $"{_system.Ports.Archive}");

    [Fact]
    public async Task Worklist_test_does_a_whole_round_on_an_order()
    {
        var accession = await _worklist.AddOrderAsync("PX", "WORKLIST^TEST");

        await CommandAsync("worklist-test", "-p", $"{_system.Ports.SecondWorklist}", "-m", "PX", "--mpps");

        Assert.Equal("COMPLETED", await _worklist.StatusOfAsync(accession));
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("DISCONTINUED", "--discontinue")]
    public async Task The_emulated_modality_performs_an_order(string status, params string[] options)
    {
        var accession = await _worklist.AddOrderAsync("MR", "EMULATED^EXAM");

        await CommandAsync([
            "modality", "-p", $"{_system.Ports.Worklist}", .. Pacs, "--accession", accession, "--images", "2", .. options]);

        Assert.Equal(status, await _worklist.StatusOfAsync(accession));
        var kept = await new Archive(_system).StudyAsync(await _worklist.StudyUidOfAsync(accession));
        Assert.Equal(accession, kept.GetProperty("MainDicomTags").GetProperty("AccessionNumber").GetString());
    }

    [Fact]
    public async Task Images_sent_to_the_worklist_by_mistake_are_refused_with_the_right_port()
    {
        var refused = await Peer.RunAsync(
            "dotnet", [GantrySystem.SidecarProgram, "dicom-send", "-p", $"{_system.Ports.Worklist}", "-m", "CT", "--images", "1"]);

        Assert.Equal(1, refused.Status);
        Assert.Contains($"port {_system.Ports.Archive}", refused.Output, StringComparison.Ordinal);
    }

    private static async Task<PeerResult> CommandAsync(params string[] arguments) =>
        (await Peer.RunAsync("dotnet", [GantrySystem.SidecarProgram, .. arguments])).MustSucceed();

    private static JsonElement Json(PeerResult result) => JsonDocument.Parse(result.Output).RootElement;
}
