using Gantry.Relay.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gantry.Relay;

/// <summary>Puts the embedded relay into a web host.</summary>
public static class HybridConnectionEndpoints
{
    /// <summary>Adds the relay itself, an <see cref="EmbeddedRelay"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets keys, hybrid connections and limits.</param>
    public static IServiceCollection AddEmbeddedRelay(this IServiceCollection services, Action<EmbeddedRelayOptions> configure)
    {
        var options = new EmbeddedRelayOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new EmbeddedRelay(options));
        services.AddSingleton<RelayRequests>();
        return services;
    }

    /// <summary>
    /// Answers /$hc/..., by the protocol guide of Azure Relay Hybrid Connections. Needs <see cref="AddEmbeddedRelay"/>; brings
    /// its own WebSocket middleware. Tokens are checked here: the host's own authorization does not apply.
    /// </summary>
    public static IEndpointConventionBuilder MapHybridConnections(this IEndpointRouteBuilder endpoints)
    {
        var requests = endpoints.ServiceProvider.GetRequiredService<RelayRequests>();
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(requests.HandleAsync);
        return endpoints.Map("/$hc/{**path}", pipeline.Build()).WithDisplayName("Hybrid connections").AllowAnonymous();
    }
}
