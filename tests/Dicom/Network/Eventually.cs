using System.Diagnostics;

namespace Gantry.Dicom.Tests.Network;

/// <summary>
/// Waits, for a bounded time, for what another thread or process brings about and does not announce. Where there is
/// something to await, await that.
/// </summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Until the condition holds.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(started) < Patience,
                $"In {Patience.TotalSeconds:0} s it did not come true that {what}.");
            await Task.Delay(Pause);
        }
    }

    /// <summary>Until an attempt succeeds; one may fail in the way that is expected for as long as it is too early.</summary>
    public static async Task<T> SucceedsAsync<T>(Func<Task<T>> attempt, Func<Exception, bool> isTooEarly)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception e) when (isTooEarly(e) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>
    /// Until the task is done, by taking a step again and again that brings it nearer, such as moving the clock.
    /// </summary>
    public static async Task DoneAsync(Task task, Func<Task> step)
    {
        var started = Stopwatch.GetTimestamp();
        while (!task.IsCompleted && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await step();
            await Task.WhenAny(task, Task.Delay(Pause));
        }
        Assert.True(task.IsCompleted, $"In {Patience.TotalSeconds:0} s it was not done.");
        await task;
    }
}
