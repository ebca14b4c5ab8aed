namespace Gantry.Cloud.Hosting;

/// <summary>What probes and gateways ask for: no cookie is needed there, and no person waits.</summary>
internal static class MachinePaths
{
    /// <summary>Health, metrics, and the relay's connections.</summary>
    public static bool IsOfMachines(this HttpRequest request) => request.Path.Value is "/health" or "/metrics" || request.Path.StartsWithSegments("/$hc");
}
