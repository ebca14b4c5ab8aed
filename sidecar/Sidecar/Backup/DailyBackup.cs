using Gantry.Audit;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Backup;

/// <summary>Once a day: the backup, then the deleting of what is old. A day that was missed is made up for at the start.</summary>
internal sealed class DailyBackup(
    SidecarSettings settings, IWorklistStore store, BackupState state, Auditor auditor, TimeProvider time, ILogger<DailyBackup> logger) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        state.Begin(settings.Backup.Folder.Length > 0 ? BackupFolder.Newest(settings.Backup.Folder) : null, time.GetUtcNow());
        using var timer = new PeriodicTimer(Look, time);
        DateTimeOffset? tried = null;
        do
        {
            if (state.LastGood >= Due() || time.GetUtcNow() - tried < Retry)
                continue;
            tried = time.GetUtcNow();
            try
            {
                await RunAsync(stoppingToken);
                state.Succeeded(tried.Value);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // Tried again later; whatever it is, it must not end the gateway
                state.Failed(error.Message);
                Log.BackupFailed(logger, error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The last moment at which it should have been made.</summary>
    private DateTimeOffset Due()
    {
        var now = time.GetLocalNow();
        var today = now.Date + settings.Backup.At;
        var local = today <= now.DateTime ? today : today.AddDays(-1);
        // An hour that a change of the clocks leaves out is that of before the change
        return new DateTimeOffset(local, time.LocalTimeZone.IsInvalidTime(local) ? now.Offset : time.LocalTimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Backup.Folder.Length > 0)
        {
            var folder = Path.GetFullPath(settings.Backup.Folder);
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new BackupException($"The folder {folder} (Backup:Folder) cannot be made by {Environment.UserName}: {error.Message.TrimEnd('.')}.", error);
            }
            var file = Path.Combine(folder, BackupFile.NameAt(time.GetUtcNow()));
            var directory = Directory.GetCurrentDirectory();
            var manifest = await BackupFile.WriteAsync(
                settings.Worklist.ToStore(directory), ConfigurationFiles.Find(settings, directory, SettingsLayers.ProcessEnvironment()), file, time, cancellationToken);
            var pruned = BackupFolder.Prune(folder, settings.Backup.Keep);
            auditor.Record(events => events.Export(new("daily backup"), file, manifest.Orders));
            Log.BackupMade(logger, file, manifest.Orders, manifest.Undelivered, pruned);
        }
        if (settings.Retention.IsOn())
            await PurgeAsync(cancellationToken);
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var today = time.Today();
        var limits = new RetentionLimits(Limit(settings.Retention.FinishedDays), Limit(settings.Retention.MissedDays));
        int orders = 0, steps = 0;
        RetentionOutcome outcome;
        while ((outcome = await store.PurgeOldAsync(limits, AtOnce, cancellationToken)).Total > 0)
        {
            (orders, steps) = (orders + outcome.Orders, steps + outcome.Steps);
            await Task.Delay(Breath, time, cancellationToken);
        }
        if (orders + steps > 0)
            Log.OldOrdersPurged(logger, orders, steps);

        DateOnly? Limit(int days) => days > 0 ? today.AddDays(-days) : null;
    }
}
