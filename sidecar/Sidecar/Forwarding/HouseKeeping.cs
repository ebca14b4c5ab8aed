using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Deletes what was delivered long ago, a few at a time so that no modality waits for it.</summary>
internal sealed class HouseKeeping(IWorklistStore store, SidecarSettings settings, TimeProvider time, ILogger<HouseKeeping> logger) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Tidying up must never end the gateway
                Log.PurgeFailed(logger, error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - settings.Forwarding.KeepDelivered;
        var purged = await RepeatAsync(() => store.PurgeAsync(before, AtOnce, cancellationToken), cancellationToken);
        if (purged > 0)
            Log.Purged(logger, purged);
        if (settings.EmrSync.TellsStatuses())
            return;
        // From the time when there was one, or when they were written for nobody
        var dropped = await RepeatAsync(() => store.DropWaitingAsync(OutboxTarget.Emr, before, AtOnce, cancellationToken), cancellationToken);
        if (dropped > 0)
            Log.DroppedForNobody(logger, dropped);
        var waiting = (await store.OutboxStatisticsAsync(OutboxTarget.Emr, cancellationToken)).Pending;
        if (waiting > 0)
            Log.WaitForNobody(logger, waiting, settings.Forwarding.KeepDelivered);
    }

    private async Task<int> RepeatAsync(Func<Task<int>> few, CancellationToken cancellationToken)
    {
        var total = 0;
        int done;
        while ((done = await few()) > 0)
        {
            total += done;
            await Task.Delay(Breath, time, cancellationToken);
        }
        return total;
    }
}
