using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

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
        services.AddSingleton<CloudLink>();
        services.AddSingleton<FailedMessages>();
        services.AddSingleton<ForwardingMetrics>();
        services.AddSingleton<ImageMessages>();
        services.AddSingleton<CloudMessages>();
        services.AddSingleton<Courier>();
        services.AddSingleton<Settlements>();
        if (!settings.Forwarding.Paused)
            services.AddHostedService<OutboxDelivery>();
        services.AddSingleton<IHealthProbe, ForwardingHealth>();
    }
}
