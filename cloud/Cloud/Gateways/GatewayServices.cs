using Gantry.Cloud.Data;
using Gantry.Relay;
using Gantry.Relay.Embedded;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gantry.Cloud.Gateways;

/// <summary>The relay, and what goes through it to gateways.</summary>
internal static class GatewayServices
{
    public static void AddGateways(this IServiceCollection services, CloudSettings settings)
    {
        services.AddSingleton<RelayLinks>();
        services.AddSingleton<SendToModality>();
        services.AddHostedService<ActionDelivery>();
        if (settings.RelayNamespace is not null)
            return;
        services.AddHostedService<GatewayWatch>();
        services.AddEmbeddedRelay(relay =>
        {
            relay.Keys.Add(new(settings.RelayKeyName, settings.RelayKey, RelayRights.Listen | RelayRights.Send));
            relay.HybridConnections.Add(new() { Path = settings.EventsPath });
            relay.HybridConnections.Add(new() { Path = settings.ActionsPath });
            relay.PublicAddress = settings.RelayPublicAddress;
        });
    }

    /// <summary>The hybrid connections of all gateways; one more for the events.</summary>
    public static async Task DefineHybridConnectionsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<EmbeddedRelay>() is not { } relay)
            return;
        await using var scope = services.CreateAsyncScope();
        var paths = await scope.ServiceProvider.GetRequiredService<CloudDb>().Gateways.Select(gateway => gateway.HybridConnection).ToListAsync(cancellationToken);
        foreach (var path in paths.Except(relay.Status.Select(each => each.Path), StringComparer.OrdinalIgnoreCase))
            relay.Define(new() { Path = path });
    }

    /// <summary>Tries an action again now; false when it is confirmed or not there.</summary>
    public static async Task<bool> ResendAsync(this NpgsqlDataSource database, Guid action, CancellationToken cancellationToken)
    {
        await using var update = database.Command("UPDATE gateway_actions SET due_at = now() WHERE id = $1 AND confirmed_at IS NULL", action);
        return await update.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
