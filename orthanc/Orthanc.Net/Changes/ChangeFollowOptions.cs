namespace Orthanc.Net;

/// <summary>How the change feed is followed.</summary>
public sealed record ChangeFollowOptions
{
    /// <summary>How long to wait before asking again after nothing new was found (2 s); a wake-up cuts it short.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Shortest time between two questions that found nothing new, however often we are woken (20 ms).</summary>
    public TimeSpan ShortestInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Most changes to ask for at a time (1000).</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Wakes the reader; null if nobody does.</summary>
    public ChangeWakeUp? WakeUp { get; init; }

    /// <summary>About how long to wait after the first failure (0.5 s); each further one doubles it.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait while Orthanc is away (30 s).</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a missing sequence number at the end of the feed is waited for. Zero (the default) is right where Orthanc's
    /// index is SQLite, which writes in order. On PostgreSQL several writers can finish out of order: 1 s lets them.
    /// </summary>
    public TimeSpan GapPatience { get; init; } = TimeSpan.Zero;

    /// <summary>Called after each failure, with the reason and how long the reader waits now; for logs and health. Must not throw.</summary>
    public Action<ChangeFeedOutage>? OnAway { get; init; }

    /// <summary>Called when Orthanc answers again after a failure. Must not throw.</summary>
    public Action? OnBack { get; init; }
}

/// <summary>Orthanc could not be asked for changes.</summary>
/// <param name="Reason">What failed; names the phase and the way out.</param>
/// <param name="Failures">How often in a row, from 1.</param>
/// <param name="NextAttempt">How long the reader waits now.</param>
public sealed record ChangeFeedOutage(OrthancException Reason, int Failures, TimeSpan NextAttempt);
