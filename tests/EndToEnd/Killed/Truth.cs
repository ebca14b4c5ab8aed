using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>What must be so when a troubled day is over, whatever happened on it.</summary>
internal static class Truth
{
    private const string Cloud = "gantry_cloud";

    /// <summary>Nothing waits any more, in the sidecar and in the cloud.</summary>
    public static async Task EverythingArrivesAsync(GantrySystem system, PerformedExam[] exams)
    {
        using var http = new HttpClient();
        var images = exams.Sum(exam => exam.Images.Count);
        await Patience.UntilAsync(async () =>
        {
            try
            {
                var forwarding = JsonDocument.Parse(await http.GetStringAsync($"http://localhost:{system.Ports.SidecarWeb}/api/forwarding")).RootElement;
                var waiting = await new Psql(system).RunAsync(Cloud, "SELECT count(*) FROM gateway_actions WHERE confirmed_at IS NULL OR due_at IS NOT NULL");
                var there = await new Psql(system).RunAsync(Cloud, "SELECT count(*) FROM images");
                return (forwarding.GetProperty("pending").GetInt64() == 0 && waiting == "0" && there == $"{images}",
                    $"{forwarding}, {waiting} actions wait, {there} of {images} images");
            }
            catch (Exception error) when (error is HttpRequestException or Xunit.Sdk.XunitException)
            {
                return (false, error.Message);
            }
        }, TimeSpan.FromMinutes(2.5));
    }

    /// <summary>Modality, worklist, archive and cloud agree, and nothing was told twice.</summary>
    public static async Task EverythingIsTrueAsync(GantrySystem system, PerformedExam[] exams)
    {
        var cloud = new Psql(system);
        var worklist = new Sqlite3(system.WorklistDatabase);
        var archive = new Archive(system);
        foreach (var exam in exams)
        {
            var appointment = exam.Plan.Appointment;
            Assert.Equal(exam.Plan.State, await cloud.RunAsync(Cloud, $"SELECT state FROM appointments WHERE id = '{appointment}'"));
            Assert.Equal(exam.Plan.Discontinued ? "DISCONTINUED" : "COMPLETED", await worklist.StatusOfAsync(exam.Accession));
            var shown = await cloud.RunAsync(Cloud, $"""
                SELECT sop_instance_uid FROM images JOIN series ON series.id = series_id JOIN studies ON studies.id = study_id
                WHERE appointment_id = '{appointment}' AND set_aside IS NULL AND thumbnail IS NOT NULL
                """);
            Assert.Equal(exam.Images.Order(StringComparer.Ordinal), shown.Split('\n').Order(StringComparer.Ordinal));
            var stored = await archive.InstancesAsync(await worklist.StudyUidOfAsync(exam.Accession));
            Assert.Equal(exam.Images.Count, stored.Count);
            // Pages were told of each state once and in order, and of each image once
            Assert.Equal($"sent_to_modality,in_progress,{exam.Plan.State}", await cloud.RunAsync(Cloud,
                $"SELECT string_agg(payload::json->>'state', ',' ORDER BY position) FROM live_events WHERE type = 'status_change' AND appointment_id = '{appointment}'"));
            Assert.Equal($"{exam.Images.Count}|{exam.Images.Count}", await cloud.RunAsync(Cloud,
                $"SELECT count(*), count(DISTINCT payload::json->>'sop_instance_uid') FROM live_events WHERE type = 'new_image' AND appointment_id = '{appointment}'"));
        }
        Assert.Equal($"{exams.Length}", await worklist.RunAsync("SELECT count(*) FROM worklist_items WHERE source_message_id IS NOT NULL;"));
        Assert.Equal("", await worklist.RunAsync("SELECT kind, parked_reason FROM outbox WHERE delivered_at IS NULL AND target = 'cloud';"));
        Assert.Equal($"{exams.Length}", await cloud.RunAsync(Cloud, "SELECT count(*) FROM gateway_actions"));
        Assert.Equal($"moved|{2 * exams.Length}", await cloud.RunAsync(Cloud, "SELECT outcome, count(*) FROM status_events GROUP BY outcome"));
        Assert.Equal("", await cloud.RunAsync(Cloud, "SELECT problem FROM refused_messages"));
    }
}
