using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;
using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>Reading what happens in the archive.</summary>
internal static class ChangeFeedServices
{
    public static void AddChangeFeed(this IServiceCollection services, SidecarSettings settings)
    {
        services.AddSingleton<ChangeWakeUp>();
        services.AddSingleton<FeedState>();
        services.AddSingleton<ImageArrivals>();
        services.AddSingleton<FullSync>();
        services.AddSingleton<IHealthProbe, FeedHealth>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, FeedJson.Default));
        if (!settings.Orthanc.Enabled)
            return;
        services.AddHostedService<ChangeReader>();
        services.AddHostedService(provider => provider.GetRequiredService<FullSync>());
    }
}
