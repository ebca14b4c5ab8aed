using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>
/// Reads Orthanc's changes as long as the host runs, and puts each new image into the outbox. What was made of a page and the place
/// behind it are written together, so a stop at any moment loses nothing; what is read twice is in the outbox once.
/// </summary>
internal sealed class ChangeReader(
    OrthancClient orthanc, IWorklistStore store, ImageArrivals arrivals, FeedState state, ChangeWakeUp wakeUp, SidecarSettings settings,
    TimeProvider time, ILogger<ChangeReader> logger) : BackgroundService
{
    /// <summary>The name under which the place is kept.</summary>
    public const string Feed = "orthanc";

    /// <summary>On PostgreSQL Orthanc's writers can finish out of order; a missing number is waited for so long.</summary>
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OrthancSequenceRestartedException)
            {
                // Another index: everything in it is new to us, and what the cloud has already it knows by its message id
                Log.FeedRestarted(logger);
                await TryAsync(() => store.EnqueueAsync([], new(Feed, 0), stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is OrthancException or WorklistStoreException)
            {
                Away(error is OrthancException archive ? archive.Phase.Words() : "store", error.Message, AfterFailure);
                await Task.Delay(AfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var position = await BeginAsync(cancellationToken);
        state.Begin(position);
        var options = new ChangeFollowOptions
        {
            PollInterval = settings.ChangeFeed.PollInterval,
            PageSize = settings.ChangeFeed.PageSize,
            WakeUp = wakeUp,
            GapPatience = (await orthanc.Server.GetSystemAsync(cancellationToken)).DatabaseBackendPlugin is null ? TimeSpan.Zero : GapPatience,
            OnAway = outage => Away(outage.Reason.Phase.Words(), outage.Reason.Message, outage.NextAttempt),
            OnBack = Back,
        };
        Back();
        await foreach (var changes in orthanc.Changes.FollowPagesAsync(position, options, cancellationToken))
        {
            // In parts, so that a modality that reports an exam never waits for a whole page to be written
            foreach (var part in changes.Chunk(250))
            {
                var entries = await arrivals.EntriesAsync(part, cancellationToken);
                await store.EnqueueAsync(entries, new(Feed, part[^1].Sequence), cancellationToken);
                state.Read(part, entries.Count);
            }
            Back();
        }
    }

    private async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        if (await store.FeedCursorAsync(Feed, cancellationToken) is { } known)
            return known.Sequence;
        var first = settings.ChangeFeed.FirstStart == FeedStart.Beginning ? 0 : await orthanc.Changes.GetLastSequenceAsync(cancellationToken);
        await store.EnqueueAsync([], new(Feed, first), cancellationToken);
        Log.FeedBegun(logger, first);
        return first;
    }

    /// <summary>One line in the log for an outage, however long it lasts; <c>/health</c> and the status have its last reason.</summary>
    private void Away(string phase, string reason, TimeSpan wait)
    {
        if (state.Fail(phase, reason, time.GetUtcNow() + wait))
            Log.FeedAway(logger, phase, reason);
    }

    private void Back()
    {
        if (state.Recover())
            Log.FeedBack(logger);
    }

    private async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (WorklistStoreException error)
        {
            Away("store", error.Message, AfterFailure);
            await Task.Delay(AfterFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
