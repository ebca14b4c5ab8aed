using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>
/// Reads all changes of the archive once more, on demand, beside the reader of new ones: whatever the outbox has not had goes in.
/// One at a time; a second demand meets the one that runs.
/// </summary>
internal sealed class FullSync(
    OrthancClient orthanc, IWorklistStore store, ImageArrivals arrivals, SidecarSettings settings, TimeProvider time, ILogger<FullSync> logger) : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _run = Task.CompletedTask;

    /// <summary>The last run, or the one under way; null if there was none.</summary>
    public FullSyncReport? Report { get; private set; }

    /// <summary>Starts a run, unless one is under way.</summary>
    public FullSyncReport Start()
    {
        lock (_gate)
        {
            if (Report is not { State: FullSyncReport.Running })
            {
                Report = new(FullSyncReport.Running, time.GetUtcNow(), null, 0, 0, 0, 0, null);
                _run = Task.Run(() => RunAsync(_stopping.Token));
            }
            return Report;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var last = await orthanc.Changes.GetLastSequenceAsync(cancellationToken);
            Change(report => report with { Last = last });
            for (long position = 0; position < last;)
            {
                var page = await orthanc.Changes.GetPageAsync(position, settings.ChangeFeed.PageSize, cancellationToken);
                if (page.Changes.Count == 0)
                    break;
                foreach (var part in page.Changes.Chunk(250))
                {
                    var entries = await arrivals.EntriesAsync(part, cancellationToken);
                    var fresh = entries.Count == 0 ? 0 : await store.EnqueueAsync(entries, cursor: null, cancellationToken);
                    position = part[^1].Sequence;
                    Change(report => report with
                    {
                        Position = Math.Min(position, last), Images = report.Images + part.Count(change => change.Type == ChangeTypes.NewInstance),
                        Enqueued = report.Enqueued + fresh,
                    });
                }
            }
            Change(report => report with { State = FullSyncReport.Done, Position = last, FinishedAt = time.GetUtcNow() });
            Log.FullSyncDone(logger, Report!.Images, Report.Enqueued);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Fail("The gateway was stopped; ask again.");
        }
        catch (Exception error) when (error is OrthancException or WorklistStoreException)
        {
            Fail(error.Message);
            Log.FullSyncFailed(logger, error.Message);
        }
        catch (Exception error)
        {
            Fail("The gateway's log says what went wrong.");
            Log.FullSyncBroken(logger, error);
        }
    }

    private void Fail(string reason) =>
        Change(report => report with { State = FullSyncReport.Failed, FinishedAt = time.GetUtcNow(), Error = reason });

    private void Change(Func<FullSyncReport, FullSyncReport> change)
    {
        lock (_gate)
            Report = change(Report!);
    }
}

/// <summary>A run of it.</summary>
/// <param name="State">running, done or failed.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Position">Number of the change it has come to.</param>
/// <param name="Last">Number of the last change there was when it began.</param>
/// <param name="Images">Images met.</param>
/// <param name="Enqueued">Those among them that the outbox did not know.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record FullSyncReport(
    string State, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long Position, long Last, long Images, long Enqueued, string? Error)
{
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>How far it has come, in whole percent.</summary>
    public int Percent => State == Done || Last == 0 ? (State == Done ? 100 : 0) : (int)(Position * 100 / Last);
}
