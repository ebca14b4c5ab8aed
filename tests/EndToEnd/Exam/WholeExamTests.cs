using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Exam;

/// <summary>A day at a modality, played by programs that others wrote.</summary>
[Collection(SharedSystem.Name)]
public sealed class WholeExamTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);

    [Fact]
    public async Task From_the_order_to_the_study_in_the_archive()
    {
        // The order comes by SQL
        var accession = await _worklist.AddOrderAsync("MG", "WHOLE^EXAM");

        // The modality finds it among today's (DCMTK)
        var today = TimeProvider.System.GetLocalNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        string[] keys =
        [
            "(0040,0100)[0].Modality=MG", $"(0040,0100)[0].ScheduledProcedureStepStartDate={today}", "PatientName=WHOLE*",
            "AccessionNumber", "StudyInstanceUID",
        ];
        var item = (await Findscu.AskAsync(_system.Ports.Worklist, keys)).Only;
        var study = item["0020,000d"]!;
        Assert.Equal(accession, item["0008,0050"]);

        // The exam starts (dcmjs-dimse): it is no longer offered to others
        var step = DicomUid.New();
        var started = await new NpmModality(_system.Ports.Worklist).Create(step, NpmModality.Started("MG", accession, study)).TalkAsync();
        Assert.Equal([0], started.Select(response => response.Status));
        Assert.Equal("IN_PROGRESS", await _worklist.StatusOfAsync(accession));
        Assert.Empty((await Findscu.AskAsync(_system.Ports.Worklist, keys)).Items);

        // The image goes into the archive (DCMTK)
        var image = await Images.SaveOneAsync(_system.Data, "MG", study, accession, step);
        (await Peer.RunAsync("storescu", ["localhost", $"{_system.Ports.Archive}", image])).MustSucceed();

        // The exam ends (dcmjs-dimse)
        var series = DicomFile.Open(image).Dataset.GetString(DicomTags.SeriesInstanceUID)!;
        var ended = await new NpmModality(_system.Ports.Worklist).Set(step, NpmModality.Ended("COMPLETED", series)).TalkAsync();
        Assert.Equal([0], ended.Select(response => response.Status));

        // All agree: the order, the worklist, the archive
        Assert.Equal("COMPLETED", await _worklist.StatusOfAsync(accession));
        Assert.Equal("COMPLETED", await _worklist.RunAsync($"SELECT status FROM mpps_tracking WHERE sop_instance_uid = '{step}';"));
        Assert.Empty((await Findscu.AskAsync(_system.Ports.Worklist, keys)).Items);
        var kept = await new Archive(_system).StudyAsync(study);
        Assert.Equal(accession, kept.GetProperty("MainDicomTags").GetProperty("AccessionNumber").GetString());
    }
}
