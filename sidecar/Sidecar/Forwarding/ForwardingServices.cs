using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>What tells the cloud. Where no relay is set, only the house-keeping of the outbox runs.</summary>
internal static class ForwardingServices
{
    public static void AddForwarding(this IServiceCollection services, SidecarSettings settings)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ForwardingJson.Default));
        services.AddHostedService<HouseKeeping>();
        if (!settings.Relay.IsConfigured())
            return;
        services.AddSingleton<ImageMessages>();
        services.AddSingleton<CloudMessages>();
        var options = settings.Forwarding;
        var route = new DeliveryRoute
        {
            Target = OutboxTarget.Cloud,
            Peer = "The cloud",
            HealthName = "forwarding",
            ParkedPath = "/api/forwarding/parked",
            Metrics = ("outbox_messages", "cloud_up"),
            Parallel = options.Parallel,
            PollInterval = options.PollInterval,
            FirstPause = options.FirstPause,
            LongestPause = options.LongestPause,
            ErrorsBeforeParking = options.ErrorsBeforeParking,
        };
        services.AddDelivery<CloudCourier>(route, options.Paused);
    }
}
