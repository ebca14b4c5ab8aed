using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Registers what delivers the messages of one target. Its parts are asked for by that target.</summary>
internal static class DeliveryServices
{
    /// <param name="services">The gateway's.</param>
    /// <param name="route">Whose messages.</param>
    /// <param name="isPaused">True holds them back in the outbox.</param>
    /// <typeparam name="TCourier">Who brings them.</typeparam>
    public static void AddDelivery<TCourier>(this IServiceCollection services, DeliveryRoute route, bool isPaused)
        where TCourier : class, ICourier
    {
        var target = route.Target;
        services.AddSingleton<TCourier>();
        services.AddKeyedSingleton(target, (provider, _) => ActivatorUtilities.CreateInstance<DeliveryLink>(provider, route));
        services.AddKeyedSingleton(target, (provider, _) => new DeliveryMetrics(route, Link(provider, target)));
        services.AddSingleton<IHealthProbe>(provider => ActivatorUtilities.CreateInstance<DeliveryHealth>(provider, route, Link(provider, target)));
        if (!isPaused)
            services.AddSingleton<IHostedService>(provider => Worker(provider, route, provider.GetRequiredService<TCourier>()));
    }

    private static OutboxDelivery Worker(IServiceProvider provider, DeliveryRoute route, ICourier courier)
    {
        var link = Link(provider, route.Target);
        var time = provider.GetRequiredService<TimeProvider>();
        var sender = $"{Environment.MachineName}:{provider.GetRequiredService<SidecarSettings>().Web.Port}";
        return ActivatorUtilities.CreateInstance<OutboxDelivery>(
            provider, route, sender, courier, link, ActivatorUtilities.CreateInstance<Settlements>(provider), new FailedMessages(link, route, time),
            provider.GetRequiredKeyedService<DeliveryMetrics>(route.Target));
    }

    private static DeliveryLink Link(IServiceProvider provider, OutboxTarget target) => provider.GetRequiredKeyedService<DeliveryLink>(target);
}
