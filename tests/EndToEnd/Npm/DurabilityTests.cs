using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Npm;

/// <summary>Whatever a modality was told succeeded is there after the power has gone.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task A_started_exam_survives_a_kill_the_moment_its_success_arrives_and_can_be_finished()
    {
        var folder = GantrySystem.NewFolder();
        var uid = DicomUid.New();
        string accession;
        await using (var sidecar = await SidecarAlone.StartInAsync(folder))
        {
            var worklist = new Sqlite3(sidecar.Database);
            accession = await worklist.AddOrderAsync("CT", "KILLED^EXAM");
            var study = await worklist.StudyUidOfAsync(accession);

            var started = await new NpmModality(sidecar.Port).Create(uid, NpmModality.Started("CT", accession, study)).TalkAsync();
            await sidecar.KillAsync();

            Assert.Equal([0], started.Select(response => response.Status));
            Assert.Equal("IN_PROGRESS", await worklist.StatusOfAsync(accession));
        }
        await using (var again = await SidecarAlone.StartInAsync(folder))
        {
            var answers = await new NpmModality(again.Port).Get(uid).Set(uid, NpmModality.Ended("COMPLETED", DicomUid.New())).TalkAsync();

            Assert.Equal([0, 0], answers.Select(response => response.Status));
            Assert.Equal("IN PROGRESS", answers[0].Data.GetProperty("PerformedProcedureStepStatus").GetString());
            Assert.Equal("COMPLETED", await new Sqlite3(again.Database).StatusOfAsync(accession));
        }
        Directory.Delete(folder, recursive: true);
    }
}
