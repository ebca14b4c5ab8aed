using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Relay;

/// <summary>What hears the cloud. Nothing of it runs where no relay is set.</summary>
internal static class RelayServices
{
    public static void AddRelay(this IServiceCollection services, SidecarSettings settings)
    {
        if (!settings.Relay.IsConfigured())
            return;
        services.AddSingleton<RelayEndpoints>();
        services.AddSingleton<CloudOrders>();
        services.AddSingleton<CloudActions>();
        services.AddSingleton<AutomaticModality>();
        services.AddHostedService(provider => provider.GetRequiredService<AutomaticModality>());
        services.AddSingleton<ActionListener>();
        services.AddHostedService(provider => provider.GetRequiredService<ActionListener>());
        services.AddSingleton<IHealthProbe, RelayHealth>();
    }
}
