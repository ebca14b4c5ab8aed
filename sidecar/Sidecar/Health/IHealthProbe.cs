namespace Gantry.Sidecar.Health;

/// <summary>
/// A check of something beside the gateway (the archive, the relay). The worklist is served without it, so it makes the gateway
/// degraded at worst. It brings its own limit of time and never throws but for cancellation.
/// </summary>
internal interface IHealthProbe
{
    /// <summary>Tries it with real traffic; null where the settings switch it off.</summary>
    Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken);
}
