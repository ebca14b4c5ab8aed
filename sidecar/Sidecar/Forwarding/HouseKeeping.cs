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
        var total = 0;
        int purged;
        while ((purged = await store.PurgeAsync(before, AtOnce, cancellationToken)) > 0)
        {
            total += purged;
            await Task.Delay(Breath, time, cancellationToken);
        }
        if (total > 0)
            Log.Purged(logger, total);
    }
}
