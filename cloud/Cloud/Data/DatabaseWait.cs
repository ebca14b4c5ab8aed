namespace Gantry.Cloud.Data;

/// <summary>
/// Lets a start wait for its database. After a power cut both start at once, and a database that is restarted must not end a cloud that
/// is just starting.
/// </summary>
internal static class DatabaseWait
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Does the work, from its beginning again when the database is away; what was done before must not matter.</summary>
    /// <param name="work">What needs the database.</param>
    /// <param name="limit">How long an absence may last.</param>
    /// <param name="logger">Is told of an absence once.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UnavailableException">It was away for too long.</exception>
    public static async Task DoAsync(Func<Task> work, TimeSpan limit, ILogger logger, TimeProvider time)
    {
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception error) when (DatabaseAbsence.Reason(error) is { } reason)
            {
                if (time.GetElapsedTime(start) >= limit)
                    throw new UnavailableException($"The database cannot be reached: {reason} Check that it runs, and ConnectionStrings__Cloud.");
                if (attempt == 1)
                    Log.DatabaseAway(logger, reason, limit.TotalSeconds);
                await Task.Delay(Pause, time);
            }
        }
    }
}
