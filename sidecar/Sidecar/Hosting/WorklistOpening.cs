using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Hosting;

/// <summary>Opens the worklist before anything listens, and fills an empty one in demo mode.</summary>
internal static class WorklistOpening
{
    /// <exception cref="WorklistStoreException">The store cannot be opened.</exception>
    public static async Task<IWorklistStore> OpenAsync(
        SidecarSettings settings, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<IWorklistStore>();
        var store = await WorklistStores.OpenAsync(
            settings.Worklist.ToStore(Directory.GetCurrentDirectory()) with { StatusTargets = Listeners(settings), HearsOthers = true },
            loggers, time, cancellationToken);
        try
        {
            var today = time.Today();
            if (settings.Demo.Enabled && await DemoWorklist.SeedAsync(store, today, cancellationToken))
                Log.DemoSeeded(logger, DemoWorklist.Items(today).Count, today);
            var statistics = await store.StatisticsAsync(cancellationToken);
            Log.StoreHolds(logger, statistics.Total, statistics.Counts.GetValueOrDefault(OrderStatus.Scheduled));
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where nobody takes messages, none are written.</summary>
    private static HashSet<OutboxTarget> Listeners(SidecarSettings settings)
    {
        HashSet<OutboxTarget> listeners = [];
        if (settings.Relay.IsConfigured())
            listeners.Add(OutboxTarget.Cloud);
        if (settings.EmrSync.TellsStatuses())
            listeners.Add(OutboxTarget.Emr);
        return listeners;
    }
}
