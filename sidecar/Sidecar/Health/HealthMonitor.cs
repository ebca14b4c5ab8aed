using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Health;

/// <summary>
/// Runs the checks when somebody asks and the last result is too old. Many askers at once share one run, so that a
/// monitoring system cannot load the gateway.
/// </summary>
internal sealed class HealthMonitor(SidecarSettings settings, HealthChecks checks, TimeProvider time, ILogger<HealthMonitor> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, string?> _unwell = new(StringComparer.Ordinal);
    private HealthReport? _last;

    /// <summary>The last result, or a fresh one where that is older than the settings allow.</summary>
    public async Task<HealthReport> ReportAsync(CancellationToken cancellationToken)
    {
        if (Recent() is { } recent)
            return recent;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Recent() is { } meanwhile)
                return meanwhile;
            var results = await checks.RunAsync(cancellationToken);
            foreach (var result in results)
                Note(result);
            var status = results.Any(result => result.Status == HealthReport.Unhealthy) ? HealthReport.Unhealthy
                : results.Any(result => result.Status == HealthReport.Degraded) ? HealthReport.Degraded : HealthReport.Healthy;
            return _last = new(status, time.GetUtcNow(), results);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private HealthReport? Recent() =>
        Volatile.Read(ref _last) is { } last && time.GetUtcNow() - last.CheckedAt < settings.Web.HealthCacheTime ? last : null;

    /// <summary>Logs a change, not a state: a check that goes on failing in the same phase is one line.</summary>
    private void Note(HealthCheck result)
    {
        if (result.Status == HealthReport.Healthy)
        {
            if (_unwell.Remove(result.Name))
                Log.HealthyAgain(logger, result.Name);
            return;
        }
        if (_unwell.TryGetValue(result.Name, out var phase) && phase == result.Phase)
            return;
        _unwell[result.Name] = result.Phase;
        Log.Unhealthy(logger, result.Name, result.Phase ?? "", result.Reason ?? "");
    }
}
