namespace Gantry.EndToEnd.Tests;

/// <summary>Looks again and again at what other processes do not announce.</summary>
internal static class Patience
{
    /// <summary>Returns when it holds; fails with what was seen last.</summary>
    /// <param name="look">What is seen, and whether that is it.</param>
    /// <param name="limit">How long; a minute unless given.</param>
    public static async Task UntilAsync(Func<Task<(bool Holds, string Seen)>> look, TimeSpan? limit = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var (holds, seen) = await look();
            if (holds)
                return;
            if (TimeProvider.System.GetElapsedTime(start) > (limit ?? TimeSpan.FromMinutes(1)))
                Assert.Fail($"It did not come to that in time; seen last: {seen}");
            await timer.WaitForNextTickAsync();
        }
    }
}
