using System.Text.Json.Nodes;
using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Npm;

/// <summary>dcmjs-dimse does everything on one association.</summary>
[Collection(SharedSystem.Name)]
public sealed class OneAssociationTests(RunningSystem running)
{
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);
    private readonly int _port = running.System.Ports.SecondWorklist;

    [Fact]
    public async Task Echo_worklist_and_exam_share_an_association()
    {
        var accession = await _worklist.AddOrderAsync("CT", "ONE^ASSOCIATION");
        var study = await _worklist.StudyUidOfAsync(accession);
        var uid = DicomUid.New();

        var answers = await new NpmModality(_port)
            .Echo()
            .Find(Keys(accession))
            .Create(uid, NpmModality.Started("CT", accession, study))
            .Find(Keys(accession))
            .Set(uid, NpmModality.Ended("COMPLETED", DicomUid.New()))
            .Get(uid)
            .Echo()
            .TalkAsync();

        Assert.Equal([0, 0xFF00, 0, 0, 0, 0, 0, 0], answers.Select(response => response.Status & (response.Status > 0xFF00 ? 0xFF00 : 0xFFFF)));
        Assert.Equal([0, 1, 1, 2, 3, 4, 5, 6], answers.Select(response => response.Step));
        Assert.Equal("ONE^ASSOCIATION", answers[1].Data.GetProperty("PatientName")[0].GetProperty("Alphabetic").GetString());
        Assert.Equal(study, answers[1].Data.GetProperty("StudyInstanceUID").GetString());
    }

    [Fact]
    public async Task A_cancelled_query_ends_early_and_the_next_request_is_answered()
    {
        await _worklist.RunAsync("""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 20000)
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            SELECT 'NPMC' || n, 'NPMC' || n, 'NPM^CANCEL', '20200101', '080000', 'XC' FROM number;
            """);

        var answers = await new NpmModality(_port)
            .Find(new() { ["PatientName"] = "", ["ScheduledProcedureStepSequence"] = new JsonArray(new JsonObject { ["Modality"] = "XC" }) }, cancelAfter: 3)
            .Echo()
            .TalkAsync();

        Assert.Equal(0xFE00, answers[^2].Status);
        Assert.Equal((1, 0), (answers[^1].Step, answers[^1].Status));
        Assert.InRange(answers.Count(response => response.Status is 0xFF00 or 0xFF01), 3, 19_000);
        await _worklist.RunAsync("DELETE FROM worklist_items WHERE modality = 'XC';");
    }

    private static JsonObject Keys(string accession) => new() { ["AccessionNumber"] = accession, ["PatientName"] = "", ["StudyInstanceUID"] = "" };
}
