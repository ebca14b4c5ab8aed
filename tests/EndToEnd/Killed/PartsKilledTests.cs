using System.Globalization;
using System.Text.Json;
using Gantry.EndToEnd.Tests.Browser;
using Xunit.Abstractions;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>
/// A clinic's day while one part after the other dies: at its end the cloud shows each exam's true state and each image once, and
/// nothing waits anywhere. GANTRY_MISFORTUNE_SEED repeats a run's order of events.
/// </summary>
public sealed class PartsKilledTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_dies_each_exam_ends_as_it_did_and_each_image_is_there_once()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("GANTRY_MISFORTUNE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var ports = Ports.Free();
        await using var line = new RelayLine(ports.Cloud);
        await using var system = await StartAsync(ports, line);
        var chromium = new Chromium();
        await using var misfortunes = new Misfortunes(system, line, seed);
        try
        {
            await chromium.InitializeAsync();
            var desk = await ClinicDesk.OpenAsync(chromium, $"http://localhost:{ports.Cloud}");
            var dice = new Random(seed);
            var plans = desk.Appointments.Select((id, at) => new Plan(
                id, at % 4 == 3, TimeSpan.FromSeconds(0.2 + (dice.NextDouble() * 30)), TimeSpan.FromSeconds(0.2 + (dice.NextDouble() * 4)))).ToList();

            var happening = misfortunes.HappenAsync();
            var exams = await Task.WhenAll(plans.SkipLast(2).Select(plan => PerformAsync(system, desk, plan)));
            await happening;
            misfortunes.Note("these exams are over");
            exams = [.. exams, .. await OnADeadLineAsync(system, desk, misfortunes, plans[^2], plans[^1])];
            misfortunes.Note("every exam is over");

            Assert.True(line.Taken > 0, "The sidecar did not go by the line that was cut.");
            await EverythingArrivesAsync(system, exams);
            misfortunes.Note("everything has arrived");
            // And a second time, now that all is quiet
            await misfortunes.RepeatEverythingAsync();
            await EverythingIsTrueAsync(system, exams);
            foreach (var exam in exams)
                await desk.SeesAsync(exam.Plan.Appointment, exam.Plan.State);
            misfortunes.Note("everything is true");
            output.WriteLine($"GANTRY_MISFORTUNE_SEED={seed}\n{misfortunes.Told}");
        }
        catch (Exception error)
        {
            var logs = await KeepLogsAsync(system, seed);
            throw new Xunit.Sdk.XunitException($"GANTRY_MISFORTUNE_SEED={seed}; the logs are kept in {logs}.\n{misfortunes.Told}\n{error}");
        }
        finally
        {
            await chromium.DisposeAsync();
        }
    }

    /// <summary>The system, with the line between sidecar and relay, and nobody who performs exams by himself.</summary>
    private static async Task<GantrySystem> StartAsync(Ports ports, RelayLine line)
    {
        var data = GantrySystem.NewFolder();
        var sidecar = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "run")).FullName, "sidecar-by-the-line");
        await File.WriteAllTextAsync(sidecar, $"""
            #!/usr/bin/env bash
            AZURE_RELAY_NAMESPACE=ws://localhost:{line.Port} exec dotnet '{GantrySystem.SidecarProgram}' "$@"
            """);
        (await Peer.RunAsync("chmod", ["+x", sidecar])).MustSucceed();
        await File.WriteAllTextAsync(Path.Combine(data, ".gantry-data"), "");
        return await GantrySystem.StartInBackgroundAsync(data, ports, Parts.Cloud, new Dictionary<string, string>
        {
            ["Demo__AutomaticModality"] = "false", ["Forwarding__FirstPause"] = "00:00:00.200", ["Forwarding__LongestPause"] = "00:00:03",
        }, "--sidecar", sidecar);
    }

    /// <summary>The line goes dead in the middle of one exam, and before another is sent.</summary>
    private static async Task<Exam[]> OnADeadLineAsync(GantrySystem system, ClinicDesk desk, Misfortunes misfortunes, Plan one, Plan other)
    {
        var worklist = new Sqlite3(system.WorklistDatabase);
        var first = PerformAsync(system, desk, one with { Start = TimeSpan.FromMilliseconds(1), Examination = TimeSpan.FromSeconds(3) });
        await Patience.UntilAsync(async () =>
            await worklist.RunAsync("SELECT count(*) FROM worklist_items WHERE status = 'IN_PROGRESS';") is var begun ? (begun != "0", begun) : default);
        var dead = misfortunes.LineGoesDeadAsync();
        var second = PerformAsync(system, desk, other with { Start = TimeSpan.FromMilliseconds(1), Examination = TimeSpan.FromMilliseconds(1) });
        await dead;
        return [await first, await second];
    }

    private static async Task<Exam> PerformAsync(GantrySystem system, ClinicDesk desk, Plan plan)
    {
        using (var pause = new PeriodicTimer(plan.Start))
            await pause.WaitForNextTickAsync();
        await desk.SendAsync(plan.Appointment);
        var accession = "";
        await Patience.UntilAsync(async () =>
        {
            try
            {
                accession = await new Psql(system).RunAsync("gantry_cloud", $"SELECT accession_number FROM appointments WHERE id = '{plan.Appointment}'");
                return (accession.Length > 0, "the appointment has no accession number");
            }
            catch (Xunit.Sdk.XunitException error)
            {
                return (false, error.Message);
            }
        });
        return new(plan, accession, await new StubbornModality(system).PerformAsync(accession, plan.Discontinued, plan.Examination));
    }

    /// <summary>Nothing waits any more, in the sidecar and in the cloud.</summary>
    private static async Task EverythingArrivesAsync(GantrySystem system, Exam[] exams)
    {
        using var http = new HttpClient();
        var images = exams.Sum(exam => exam.Images.Count);
        await Patience.UntilAsync(async () =>
        {
            try
            {
                var forwarding = JsonDocument.Parse(await http.GetStringAsync($"http://localhost:{system.Ports.SidecarWeb}/api/forwarding")).RootElement;
                var waiting = await new Psql(system).RunAsync("gantry_cloud", "SELECT count(*) FROM gateway_actions WHERE confirmed_at IS NULL OR due_at IS NOT NULL");
                var there = await new Psql(system).RunAsync("gantry_cloud", "SELECT count(*) FROM images");
                return (forwarding.GetProperty("pending").GetInt64() == 0 && waiting == "0" && there == $"{images}",
                    $"{forwarding}, {waiting} actions wait, {there} of {images} images");
            }
            catch (Exception error) when (error is HttpRequestException or Xunit.Sdk.XunitException)
            {
                return (false, error.Message);
            }
        }, TimeSpan.FromMinutes(2.5));
    }

    private static async Task EverythingIsTrueAsync(GantrySystem system, Exam[] exams)
    {
        var cloud = new Psql(system);
        var worklist = new Sqlite3(system.WorklistDatabase);
        var archive = new Archive(system);
        foreach (var exam in exams)
        {
            Assert.Equal(exam.Plan.State, await cloud.RunAsync("gantry_cloud", $"SELECT state FROM appointments WHERE id = '{exam.Plan.Appointment}'"));
            Assert.Equal(exam.Plan.Discontinued ? "DISCONTINUED" : "COMPLETED", await worklist.StatusOfAsync(exam.Accession));
            var shown = await cloud.RunAsync("gantry_cloud", $"""
                SELECT sop_instance_uid FROM images JOIN series ON series.id = series_id JOIN studies ON studies.id = study_id
                WHERE appointment_id = '{exam.Plan.Appointment}' AND set_aside IS NULL AND thumbnail IS NOT NULL
                """);
            Assert.Equal(exam.Images.Order(StringComparer.Ordinal), shown.Split('\n').Order(StringComparer.Ordinal));
            var stored = await archive.InstancesAsync(await worklist.StudyUidOfAsync(exam.Accession));
            Assert.Equal(exam.Images.Count, stored.Count);
            // Pages were told of each state once and in order, and of each image once
            Assert.Equal($"sent_to_modality,in_progress,{exam.Plan.State}", await cloud.RunAsync("gantry_cloud",
                $"SELECT string_agg(payload::json->>'state', ',' ORDER BY position) FROM live_events WHERE type = 'status_change' AND appointment_id = '{exam.Plan.Appointment}'"));
            Assert.Equal($"{exam.Images.Count}|{exam.Images.Count}", await cloud.RunAsync("gantry_cloud",
                $"SELECT count(*), count(DISTINCT payload::json->>'sop_instance_uid') FROM live_events WHERE type = 'new_image' AND appointment_id = '{exam.Plan.Appointment}'"));
        }
        Assert.Equal($"{exams.Length}", await worklist.RunAsync("SELECT count(*) FROM worklist_items WHERE source_message_id IS NOT NULL;"));
        Assert.Equal("", await worklist.RunAsync("SELECT kind, parked_reason FROM outbox WHERE delivered_at IS NULL AND target = 'cloud';"));
        Assert.Equal($"{exams.Length}", await cloud.RunAsync("gantry_cloud", "SELECT count(*) FROM gateway_actions"));
        Assert.Equal($"moved|{2 * exams.Length}", await cloud.RunAsync("gantry_cloud", "SELECT outcome, count(*) FROM status_events GROUP BY outcome"));
        Assert.Equal("", await cloud.RunAsync("gantry_cloud", "SELECT problem FROM refused_messages"));
    }

    private static async Task<string> KeepLogsAsync(GantrySystem system, int seed)
    {
        var kept = Path.Combine(GantrySystem.Root, "artifacts", "killed", seed.ToString(CultureInfo.InvariantCulture));
        await Peer.RunAsync("cp", ["-rT", Path.Combine(system.Data, "logs"), Directory.CreateDirectory(kept).FullName]);
        return kept;
    }

    /// <summary>What is to happen to an appointment.</summary>
    /// <param name="Appointment">Its id.</param>
    /// <param name="Discontinued">Whether the exam is given up after an image.</param>
    /// <param name="Start">When it is sent.</param>
    /// <param name="Examination">Time between start and images.</param>
    private sealed record Plan(string Appointment, bool Discontinued, TimeSpan Start, TimeSpan Examination)
    {
        public string State => Discontinued ? "cancelled" : "complete";
    }

    /// <summary>What has happened, as the modality was told.</summary>
    private sealed record Exam(Plan Plan, string Accession, IReadOnlyList<string> Images);
}
