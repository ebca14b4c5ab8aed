using System.Globalization;
using Gantry.EndToEnd.Tests.Browser;
using Xunit.Abstractions;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>
/// A clinic's day on which things happen to the system. At its end the cloud must show each exam's true state and each image once, and
/// nothing may wait anywhere. GANTRY_MISFORTUNE_SEED repeats a day's order of events.
/// </summary>
internal sealed class TroubledDay
{
    private TroubledDay(GantrySystem system, ClinicDesk desk, Misfortunes misfortunes, IReadOnlyList<ExamPlan> plans) =>
        (System, Desk, Misfortunes, Plans) = (system, desk, misfortunes, plans);

    public GantrySystem System { get; }

    public ClinicDesk Desk { get; }

    public Misfortunes Misfortunes { get; }

    /// <summary>One for each appointment of the day.</summary>
    public IReadOnlyList<ExamPlan> Plans { get; }

    /// <summary>Lives through a day and looks at what is left of it.</summary>
    /// <param name="output">Gets the seed, and what happened when.</param>
    /// <param name="story">What happens; the result is the exams as their modalities were told.</param>
    public static async Task LiveThroughAsync(ITestOutputHelper output, Func<TroubledDay, Task<PerformedExam[]>> story)
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
            var exams = await story(new(system, desk, misfortunes, Draw(desk.Appointments, new(seed))));
            misfortunes.Note("every exam is over");

            Assert.True(line.Taken > 0, "The sidecar did not go by the line that was cut.");
            await Truth.EverythingArrivesAsync(system, exams);
            misfortunes.Note("everything has arrived");
            // And a second time, now that all is quiet
            await misfortunes.RepeatEverythingAsync();
            await Truth.EverythingIsTrueAsync(system, exams);
            foreach (var exam in exams)
                await desk.SeesAsync(exam.Plan.Appointment, exam.Plan.State);
            foreach (var exam in exams)
                Assert.Equal(exam.Images.Count, await desk.ImagesOfAsync(exam.Plan.Appointment));
            misfortunes.Note("everything is true");
            output.WriteLine($"GANTRY_MISFORTUNE_SEED={seed}\n{misfortunes.Told}");
        }
        catch (Exception error)
        {
            throw new Xunit.Sdk.XunitException($"GANTRY_MISFORTUNE_SEED={seed}; the logs are kept in {await KeepLogsAsync(system, seed)}.\n{misfortunes.Told}\n{error}");
        }
        finally
        {
            await chromium.DisposeAsync();
        }
    }

    /// <summary>An exam from the click to its end.</summary>
    /// <param name="plan">What is to happen.</param>
    /// <param name="begin">The modality begins when this is over.</param>
    public async Task<PerformedExam> PerformAsync(ExamPlan plan, Task? begin = null)
    {
        using (var pause = new PeriodicTimer(plan.Start))
            await pause.WaitForNextTickAsync();
        await Desk.SendAsync(plan.Appointment);
        var accession = "";
        await Patience.UntilAsync(async () =>
        {
            try
            {
                accession = await new Psql(System).RunAsync("gantry_cloud", $"SELECT accession_number FROM appointments WHERE id = '{plan.Appointment}'");
                return (accession.Length > 0, "the appointment has no accession number");
            }
            catch (Xunit.Sdk.XunitException error)
            {
                return (false, error.Message);
            }
        });
        await (begin ?? Task.CompletedTask);
        return new(plan, accession, await new StubbornModality(System).PerformAsync(accession, plan.Discontinued, plan.Examination));
    }

    private static List<ExamPlan> Draw(IEnumerable<string> appointments, Random dice) =>
    [
        .. appointments.Select((id, at) => new ExamPlan(
            id, at % 4 == 3, TimeSpan.FromSeconds(0.2 + (dice.NextDouble() * 30)), TimeSpan.FromSeconds(0.2 + (dice.NextDouble() * 4)))),
    ];

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

    private static async Task<string> KeepLogsAsync(GantrySystem system, int seed)
    {
        var kept = Path.Combine(GantrySystem.Root, "artifacts", "killed", seed.ToString(CultureInfo.InvariantCulture));
        await Peer.RunAsync("cp", ["-rT", Path.Combine(system.Data, "logs"), Directory.CreateDirectory(kept).FullName]);
        return kept;
    }
}
