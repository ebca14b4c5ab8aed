using Gantry.Cloud.Data;
using Gantry.Cloud.Live;

namespace Gantry.Cloud.Gateways;

/// <summary>Lets the relay in this host know of gateways that an administrator has added, at whichever instance.</summary>
internal sealed class GatewayWatch(IServiceProvider services, Signals signals, TimeProvider time, ILogger<GatewayWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signals.Gateways.HearAsync(stoppingToken);
                await services.DefineHybridConnectionsAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (DatabaseAbsence.Reason(error) is { } reason)
            {
                Log.GatewaysUnreadable(logger, reason);
                signals.Gateways.Say();
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
