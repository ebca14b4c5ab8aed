using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Health;

/// <summary>
/// Whether what modalities report can be stored, shown by a write, and whether its disk will have room for more. A worklist that can only be
/// read is served on, which nobody would notice before the first exam.
/// </summary>
internal sealed class RoomHealth(SidecarSettings settings, IWorklistStore store, StoreWatch watch, TimeProvider time) : IHealthProbe
{
    private const string Name = "worklist room";

    /// <summary>Megabytes under which it is told.</summary>
    private const long Little = 100;

    public async Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.Web.HealthTimeout);
        try
        {
            await store.EnqueueAsync([], new FeedCursor("health", time.GetUtcNow().ToUnixTimeSeconds()), limit.Token);
        }
        catch (WorklistStoreException error)
        {
            return Degraded($"Exams and new orders cannot be stored. {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Degraded($"Nothing could be stored within {settings.Web.HealthTimeout.TotalSeconds} s.");
        }
        if (watch.Trouble is { } trouble)
            return Degraded($"{trouble} This is told until one is stored.");
        return Free() is { } free and < Little
            ? Degraded(FormattableString.Invariant($"Only {free} MB are left on the disk of {settings.Worklist.DatabasePath}: make room before exams cannot be stored."))
            : new(Name, HealthReport.Healthy, Elapsed());

        HealthCheck Degraded(string reason) => new(Name, HealthReport.Degraded, Elapsed(), "store", reason);

        double Elapsed() => Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 2);
    }

    /// <summary>Megabytes left for the SQLite file; null where the worklist is elsewhere, or nobody can tell.</summary>
    private long? Free()
    {
        if (!string.IsNullOrEmpty(settings.Worklist.Postgres))
            return null;
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(settings.Worklist.DatabasePath))!).AvailableFreeSpace >> 20;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
