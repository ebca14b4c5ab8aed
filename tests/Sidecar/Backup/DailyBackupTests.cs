using Gantry.Sidecar.Backup;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Backup;

/// <summary>Each day a backup, and after it what is old goes.</summary>
public sealed class DailyBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-daily-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_day_that_was_missed_is_made_up_for_and_then_old_orders_go()
    {
        await FillAsync();

        await using var gateway = await RunningGateway.StartAsync([.. Settings, "Retention:FinishedDays=30", "Retention:MissedDays=30"]);
        await EventuallyAsync(async () => (await gateway.Store.StatisticsAsync(CancellationToken.None)).Total == 1);

        Assert.NotNull(await gateway.Store.GetAsync("NEW", CancellationToken.None));
        var backup = Directory.EnumerateFiles(Backups).Single();
        using var opened = await BackupFile.OpenAsync(backup, _folder, CancellationToken.None);
        Assert.Equal(3, opened.Manifest.Orders);
        await EventuallyAsync(async () => (await BackupHealthAsync(gateway)).Contains("The last backup was made", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_backup_nothing_is_deleted_and_health_says_why()
    {
        await FillAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");

        await using var gateway = await RunningGateway.StartAsync(
            [.. Settings, $"Backup:Folder={Path.Combine(_folder, "file", "backups")}", "Retention:FinishedDays=30"]);
        await EventuallyAsync(async () => (await BackupHealthAsync(gateway)).Contains("degraded", StringComparison.Ordinal));

        Assert.Contains("The backup failed and is tried again", await BackupHealthAsync(gateway), StringComparison.Ordinal);
        Assert.Equal(3, (await gateway.Store.StatisticsAsync(CancellationToken.None)).Total);
    }

    [Fact]
    public async Task A_backup_of_today_is_enough_for_today()
    {
        Directory.CreateDirectory(Backups);
        var name = BackupFile.NameAt(TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(Path.Combine(Backups, name), "");

        await using (await RunningGateway.StartAsync([.. Settings, "Web:HealthCacheTime=00:00:00"]))
        {
            // Would make one at once
        }

        Assert.Equal([name], Directory.EnumerateFiles(Backups).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("Retention:FinishedDays", "30", "set Backup:Folder, or Retention:WithoutBackup to true")]
    [InlineData("Backup:At", "25:00:00", "Backup:At")]
    [InlineData("Backup:Keep", "0", "Backup:Keep")]
    public async Task Settings_that_cannot_work_say_what_to_change(string key, string value, string words)
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => RunningGateway.StartAsync($"{key}={value}"));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_kept_longer_than_the_emr_looks_back()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => RunningGateway.StartAsync(
            "Retention:WithoutBackup=true", "Retention:MissedDays=1", "EmrSync:Dsn=x", "EmrSync:Orders=SELECT 1"));

        Assert.Contains("more days than EmrSync:PastDays (1) are wanted", error.Message, StringComparison.Ordinal);
    }

    private string Backups => Path.Combine(_folder, "backups");

    private string[] Settings => [$"Worklist:DatabasePath={Path.Combine(_folder, "w.db")}", $"Backup:Folder={Backups}", "Web:HealthCacheTime=00:00:00"];

    /// <summary>Two orders that are old, written as another program would have long ago, and one for today.</summary>
    private async Task FillAsync()
    {
        await using var gateway = await RunningGateway.StartAsync($"Worklist:DatabasePath={Path.Combine(_folder, "w.db")}");
        await gateway.Store.AddAsync(
            [
                new() { AccessionNumber = "OLD", Status = OrderStatus.Completed, ScheduledDate = "20200101", UpdatedAt = "2020-01-01T12:00:00.000Z" },
                new() { AccessionNumber = "MISSED", ScheduledDate = "20200101", UpdatedAt = "2020-01-01T12:00:00.000Z" },
                new() { AccessionNumber = "NEW", ScheduledDate = "20990101" },
            ],
            CancellationToken.None);
    }

    private static async Task<string> BackupHealthAsync(RunningGateway gateway) => (await gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray()
        .Select(check => check.GetRawText()).Single(check => check.Contains("\"backup\"", StringComparison.Ordinal));

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
            Assert.True(await look.WaitForNextTickAsync(patience.Token));
    }
}
