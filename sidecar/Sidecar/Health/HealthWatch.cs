using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Health;

/// <summary>Runs the checks now and then, so that the log tells of trouble though nobody asks <c>/health</c>.</summary>
internal sealed class HealthWatch(SidecarSettings settings, HealthMonitor monitor, TimeProvider time, ILogger<HealthWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Web.HealthInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await monitor.ReportAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Watching must never end what it watches
                Log.WatchFailed(logger, error);
            }
        }
    }
}
