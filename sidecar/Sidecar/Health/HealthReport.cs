namespace Gantry.Sidecar.Health;

/// <summary>What traffic has shown about the gateway.</summary>
/// <param name="Status">healthy; degraded where modalities are served but something beside us is not; unhealthy.</param>
/// <param name="CheckedAt">When the checks ran.</param>
/// <param name="Checks">Each check.</param>
internal sealed record HealthReport(string Status, DateTimeOffset CheckedAt, IReadOnlyList<HealthCheck> Checks)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
}

/// <summary>One check.</summary>
/// <param name="Name">What was tried: <c>dicom 127.0.0.1:5243</c>, <c>worklist</c>, <c>archive</c>.</param>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Phase">Where it failed: resolve, connect, tls, associate, send, await reply, store; null where it did not.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Details">What else is worth knowing, for example what this machine lacks; null for nothing.</param>
internal sealed record HealthCheck(
    string Name, string Status, double Milliseconds, string? Phase = null, string? Reason = null, IReadOnlyList<string>? Details = null);
