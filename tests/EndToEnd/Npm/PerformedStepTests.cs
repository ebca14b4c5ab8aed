using System.Text.Json;
using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Npm;

/// <summary>dcmjs-dimse reports exams: what it is answered, and what stands in the store afterwards.</summary>
[Collection(SharedSystem.Name)]
public sealed class PerformedStepTests(RunningSystem running)
{
    private readonly Sqlite3 _worklist = new(running.System.WorklistDatabase);
    private readonly int _port = running.System.Ports.Worklist;
    private readonly string _uid = DicomUid.New();

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("DISCONTINUED")]
    public async Task An_exam_that_starts_and_ends_moves_its_order(string ending)
    {
        var (accession, study) = await OrderAsync();

        var started = await new NpmModality(_port).Create(_uid, NpmModality.Started("MR", accession, study)).TalkAsync();
        Assert.Equal([0], started.Select(response => response.Status));
        Assert.Equal($"IN_PROGRESS|{_uid}", await OrderRowAsync(accession));
        Assert.Equal($"{accession}|{study}|MR|IN PROGRESS", await StepRowAsync("accession_number, study_instance_uid, modality, status"));

        var ended = await new NpmModality(_port).Set(_uid, NpmModality.Ended(ending, DicomUid.New())).TalkAsync();
        Assert.Equal([0], ended.Select(response => response.Status));
        Assert.Equal($"{ending}|{_uid}", await OrderRowAsync(accession));
        Assert.Equal(ending, await StepRowAsync("status"));
        Assert.Equal("1|1", await StepRowAsync("start_time LIKE '2026%', end_time LIKE '2026%'"));
    }

    [Fact]
    public async Task A_discontinued_exam_without_a_series_is_taken()
    {
        var (accession, study) = await OrderAsync();

        var answers = await new NpmModality(_port)
            .Create(_uid, NpmModality.Started("MR", accession, study))
            .Set(_uid, NpmModality.Ended("DISCONTINUED"))
            .TalkAsync();

        Assert.Equal([0, 0], answers.Select(response => response.Status));
        Assert.Equal("DISCONTINUED", await _worklist.StatusOfAsync(accession));
    }

    [Fact]
    public async Task What_was_reported_can_be_had_again()
    {
        var (accession, study) = await OrderAsync();
        var series = DicomUid.New();

        var answers = await new NpmModality(_port)
            .Create(_uid, NpmModality.Started("MR", accession, study, "GET^ME"))
            .Set(_uid, NpmModality.Ended("COMPLETED", series))
            .Get(_uid)
            .Get(_uid, "PerformedProcedureStepStatus", "PerformedStationAETitle")
            .TalkAsync();

        Assert.Equal([0, 0, 0, 0], answers.Select(response => response.Status));
        var whole = answers[2].Data;
        Assert.Equal("COMPLETED", whole.GetProperty("PerformedProcedureStepStatus").GetString());
        Assert.Equal("GET^ME", whole.GetProperty("PatientName")[0].GetProperty("Alphabetic").GetString());
        Assert.Equal(study, whole.GetProperty("ScheduledStepAttributesSequence")[0].GetProperty("StudyInstanceUID").GetString());
        Assert.Equal(series, whole.GetProperty("PerformedSeriesSequence")[0].GetProperty("SeriesInstanceUID").GetString());
        var part = answers[3].Data;
        Assert.Equal("NPM", part.GetProperty("PerformedStationAETitle").GetString());
        Assert.False(part.TryGetProperty("PatientName", out _));
    }

    [Fact]
    public async Task A_finished_exam_cannot_be_changed()
    {
        var (accession, study) = await OrderAsync();

        var answers = await new NpmModality(_port)
            .Create(_uid, NpmModality.Started("MR", accession, study))
            .Set(_uid, NpmModality.Ended("COMPLETED", DicomUid.New()))
            .Set(_uid, NpmModality.Ended("DISCONTINUED", DicomUid.New()))
            .Echo()
            .TalkAsync();

        Assert.Equal([0, 0, 0x0110, 0], answers.Select(response => response.Status));
        Assert.Equal("Performed Procedure Step Object may no longer be updated", answers[2].Comment);
        Assert.Equal("COMPLETED", await _worklist.StatusOfAsync(accession));
    }

    [Fact]
    public async Task Wrong_reports_are_refused_each_for_its_reason_and_change_nothing()
    {
        var (accession, study) = await OrderAsync();
        var alreadyOver = NpmModality.Started("MR", accession, study);
        alreadyOver["PerformedProcedureStepStatus"] = "COMPLETED";
        var withoutModality = NpmModality.Started("MR", accession, study);
        withoutModality.Remove("Modality");
        var emptyModality = NpmModality.Started("MR", accession, study);
        emptyModality["Modality"] = "";

        var answers = await new NpmModality(_port)
            .Create(_uid, alreadyOver).Create(_uid, withoutModality).Create(_uid, emptyModality)
            .Set(_uid, NpmModality.Ended("COMPLETED")).Get(_uid)
            .TalkAsync();

        Assert.Equal([0x0106, 0x0120, 0x0121, 0x0112, 0x0112], answers.Select(response => response.Status));
        Assert.Equal("SCHEDULED", await _worklist.StatusOfAsync(accession));
        Assert.Equal("", await StepRowAsync("status"));
    }

    [Fact]
    public async Task A_UID_is_used_once_but_a_repeated_report_is_forgiven()
    {
        var (accession, study) = await OrderAsync();
        var (other, otherStudy) = await OrderAsync();

        var answers = await new NpmModality(_port)
            .Create(_uid, NpmModality.Started("MR", accession, study))
            .Create(_uid, NpmModality.Started("MR", accession, study))
            .Create(_uid, NpmModality.Started("MR", other, otherStudy))
            .TalkAsync();

        Assert.Equal([0, 0, 0x0111], answers.Select(response => response.Status));
        Assert.Equal("SCHEDULED", await _worklist.StatusOfAsync(other));
    }

    [Fact]
    public async Task An_exam_without_an_order_is_kept_and_shown_to_the_admin()
    {
        var answers = await new NpmModality(_port).Create(_uid, NpmModality.Started("MR", "", DicomUid.New())).TalkAsync();

        Assert.Equal([0], answers.Select(response => response.Status));
        using var http = new HttpClient();
        var exams = await http.GetStringAsync($"http://localhost:{running.System.Ports.SidecarWeb}/api/unscheduled-exams");
        Assert.Contains(
            JsonDocument.Parse(exams).RootElement.EnumerateArray(), exam => exam.GetProperty("sop_instance_uid").GetString() == _uid);
    }

    private async Task<(string Accession, string StudyUid)> OrderAsync()
    {
        var accession = await _worklist.AddOrderAsync("MR", "NPM^PATIENT");
        return (accession, await _worklist.StudyUidOfAsync(accession));
    }

    private Task<string> OrderRowAsync(string accession) =>
        _worklist.RunAsync($"SELECT status, mpps_instance_uid FROM worklist_items WHERE accession_number = '{accession}';");

    private Task<string> StepRowAsync(string columns) =>
        _worklist.RunAsync($"SELECT {columns} FROM mpps_tracking WHERE sop_instance_uid = '{_uid}';");
}
