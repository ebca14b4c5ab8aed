using Gantry.Sidecar.Health;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Backup;

/// <summary>How the daily backup stands, for <c>/health</c>.</summary>
internal sealed class BackupState(SidecarSettings settings, TimeProvider time) : IHealthProbe
{
    private const string Name = "backup";

    /// <summary>A day, and time to make it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(26);

    private readonly Lock _gate = new();
    private DateTimeOffset _begun;
    private string? _failure;

    /// <summary>When it was made last; null if it never was.</summary>
    public DateTimeOffset? LastGood { get; private set; }

    public void Begin(DateTimeOffset? newest, DateTimeOffset now)
    {
        lock (_gate)
            (LastGood, _begun) = (newest, now);
    }

    public void Succeeded(DateTimeOffset now)
    {
        lock (_gate)
            (LastGood, _failure) = (now, null);
    }

    public void Failed(string reason)
    {
        lock (_gate)
            _failure = reason;
    }

    public Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(settings.Backup.Folder.Length == 0 ? null : Check());
    }

    private HealthCheck Check()
    {
        string[] details = [LastGood is { } made ? FormattableString.Invariant($"The last backup was made at {made.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : "There is no backup yet."];
        if (_failure is not null)
            return new(Name, HealthReport.Degraded, 0, "store", $"The backup failed and is tried again: {_failure}", details);
        return time.GetUtcNow() - (LastGood ?? _begun) > Longest
            ? new(Name, HealthReport.Degraded, 0, "store", "No backup was made for more than a day.", details)
            : new(Name, HealthReport.Healthy, 0, Details: details);
    }
}
