using Xunit.Abstractions;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>The line to the relay is away for long, and afterwards it pretends to be there.</summary>
public sealed class RelayGoneTests(ITestOutputHelper output)
{
    [Fact]
    public Task A_relay_that_is_cut_for_a_minute_and_then_goes_dead_delays_exams_and_loses_nothing() => TroubledDay.LiveThroughAsync(output, async day =>
    {
        var plans = day.Plans.Where(plan => !plan.Discontinued).ToList();
        return [.. await OverACutLineAsync(day, plans[0], plans[1], day.Plans.First(plan => plan.Discontinued)), .. await OverADeadLineAsync(day, plans[2], plans[3])];
    });

    /// <summary>For a minute: one exam has begun before, one begins and ends meanwhile, and one is sent meanwhile. The gateway crashes, too.</summary>
    private static async Task<PerformedExam[]> OverACutLineAsync(TroubledDay day, ExamPlan one, ExamPlan other, ExamPlan third)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begunBefore = day.PerformAsync(one.AtOnce with { Examination = TimeSpan.FromSeconds(3) });
        var allMeanwhile = day.PerformAsync(other.AtOnce, cut.Task);
        await UntilAsync(day, "SELECT count(*) FROM worklist_items WHERE source_message_id IS NOT NULL", "2");
        await UntilAsync(day, "SELECT count(*) FROM worklist_items WHERE status <> 'SCHEDULED' AND source_message_id IS NOT NULL", "1");

        var away = day.Misfortunes.LineIsCutForAMinuteAsync();
        cut.SetResult();
        var sentMeanwhile = day.PerformAsync(third.AtOnce);
        await day.Misfortunes.SidecarIsKilledAsync();
        await Task.WhenAll(begunBefore, allMeanwhile);
        day.Misfortunes.Note("two exams are over");
        // What an administrator sees meanwhile
        await Patience.UntilAsync(async () => await new Psql(day.System).RunAsync("gantry_cloud", $"""
            SELECT failure_phase FROM gateway_actions WHERE appointment_id = '{third.Appointment}'
            """) is var phase ? (phase == "Rendezvous", phase) : default);
        await away;
        return await Task.WhenAll(begunBefore, allMeanwhile, sentMeanwhile);
    }

    /// <summary>The line goes dead in the middle of one exam, and before another is sent.</summary>
    private static async Task<PerformedExam[]> OverADeadLineAsync(TroubledDay day, ExamPlan one, ExamPlan other)
    {
        var first = day.PerformAsync(one.AtOnce with { Examination = TimeSpan.FromSeconds(3) });
        await UntilAsync(day, "SELECT count(*) FROM worklist_items WHERE status = 'IN_PROGRESS'", "1");
        var dead = day.Misfortunes.LineGoesDeadAsync();
        var second = day.PerformAsync(other.AtOnce);
        await dead;
        return await Task.WhenAll(first, second);
    }

    private static Task UntilAsync(TroubledDay day, string question, string answer) => Patience.UntilAsync(async () =>
        await new Sqlite3(day.System.WorklistDatabase).RunAsync($"{question};") is var seen ? (seen == answer, $"{question}: {seen}") : default);
}
