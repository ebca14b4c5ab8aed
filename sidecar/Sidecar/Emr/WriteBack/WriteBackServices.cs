using Gantry.EmrSync.Status;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary>What tells the EMR the status of exams. Where it is to be told nothing, only the report is there.</summary>
internal static class WriteBackServices
{
    public static void AddWriteBack(this IServiceCollection services, SidecarSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, WriteBackJson.Default));
        services.AddSingleton<WriteBackReports>();
        if (!settings.EmrSync.TellsStatuses())
            return;
        var options = settings.EmrWriteBack;
        var route = new DeliveryRoute
        {
            Target = OutboxTarget.Emr,
            Peer = "The EMR",
            HealthName = "emr write-back",
            ParkedPath = "/api/emr/write-backs/parked",
            Metrics = ("emr_write_backs", "emr_write_back_up"),
            // Each waits in the queue, which tells as many as there are at once
            Parallel = options.BatchRows,
            PollInterval = options.PollInterval,
            FirstPause = options.FirstPause,
            LongestPause = options.LongestPause,
            ErrorsBeforeParking = options.ErrorsBeforeParking,
        };
        services.AddSingleton<WriteBackTally>();
        services.AddSingleton(provider => new StatusWriter(settings.EmrSync.ToOptions(static _ => null), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WriteBackQueue>();
        services.AddDelivery<WriteBackCourier>(route, options.Paused);
    }
}
