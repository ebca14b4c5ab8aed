using Gantry.Contracts;
using Gantry.Sidecar.Backup;
using Gantry.Sidecar.Tests.Cli;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Backup;

/// <summary>One command makes a backup of a running gateway, one brings it back elsewhere, and there everything goes on.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_gateway_restored_elsewhere_tells_the_cloud_what_the_first_one_could_not()
    {
        await using var cloud = await CloudStub.StartAsync();
        string[] settings = cloud.Settings;
        await cloud.CutAsync();
        IReadOnlyList<WorklistItem> orders;
        await using (var gateway = await RunningGateway.StartAsync([.. settings, $"Worklist:DatabasePath={Store}"]))
        {
            await gateway.Store.OrderAsync("A1", "m-1", "1.2.3");
            await gateway.Store.StartAsync("A1");
            await gateway.Store.FinishAsync("A1");
            await gateway.Store.EnqueueAsync([], new FeedCursor("orthanc", 4711), CancellationToken.None);

            var made = await RunAsync(Store, "backup", _folder, "--json");

            Assert.Equal(0, made.Code);
            orders = await gateway.Store.FindAsync(new WorklistFilter(), CancellationToken.None);
        }
        var backup = Directory.EnumerateFiles(_folder, "gantry-*.tar.gz").Single();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        Assert.Equal(0, (await RunAsync(Elsewhere, "restore", backup)).Code);
        await cloud.OpenAsync();

        await using var second = await RunningGateway.StartAsync([.. settings, $"Worklist:DatabasePath={Elsewhere}"]);
        await cloud.UntilAsync(heard => heard.Count == 2);

        Assert.Equal(["IN PROGRESS", "COMPLETED"], cloud.Heard.Cast<GatewayEvent.StatusUpdated>().Select(status => status.Data.Status));
        Assert.Equal(orders, await second.Store.FindAsync(new WorklistFilter(), CancellationToken.None));
        Assert.Equal(4711, (await second.Store.FeedCursorAsync("orthanc", CancellationToken.None))!.Sequence);
    }

    [Fact]
    public async Task The_configuration_comes_along_and_leads_to_the_store()
    {
        var origin = Directory.CreateDirectory(Path.Combine(_folder, "origin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(origin, ".env"), $"WORKLIST_DB_PATH={Path.Combine(_folder, "new", "w.db")}\nORTHANC_PASSWORD=of-our-own\n");
        await using (var gateway = await RunningGateway.StartAsync($"Worklist:DatabasePath={Path.Combine(_folder, "new", "w.db")}"))
            await gateway.Store.OrderAsync("A1", "m-1", "1.2.3");
        var backup = Path.Combine(_folder, "b.tar.gz");
        var made = await Shell.RunAsync(new() { ["GANTRY_ENV_FILE"] = Path.Combine(origin, ".env") }, ["backup", backup]);
        Assert.Contains("configuration: .env", made.Out, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(_folder, "new"), recursive: true);

        var there = Path.Combine(_folder, "there");
        var restored = await Shell.RunAsync("restore", backup, "--configuration", there);
        var again = await Shell.RunAsync("restore", backup, "--configuration", there);

        Assert.Equal(0, restored.Code);
        Assert.Contains("ORTHANC_PASSWORD=of-our-own", await File.ReadAllTextAsync(Path.Combine(there, ".env")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "new", "w.db")));
        Assert.Equal(1, again.Code);
        Assert.Contains("nothing was changed", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_only_the_env_file_names_comes_along_and_back_to_its_place()
    {
        var origin = Directory.CreateDirectory(Path.Combine(_folder, "origin")).FullName;
        Directory.CreateDirectory(Path.Combine(origin, "site"));
        await File.WriteAllTextAsync(Path.Combine(origin, ".env"), $"WORKLIST_DB_PATH={Path.Combine(_folder, "w.db")}\nORTHANC_JSON=site/archive.json\n");
        await File.WriteAllTextAsync(Path.Combine(origin, "site", "archive.json"), "{ }");
        await using (await RunningGateway.StartAsync($"Worklist:DatabasePath={Path.Combine(_folder, "w.db")}"))
        {
        }
        var backup = Path.Combine(_folder, "b.tar.gz");
        var there = Path.Combine(_folder, "there");

        var made = await Shell.RunInAsync(origin, [], ["backup", backup]);
        File.Move(Path.Combine(_folder, "w.db"), Path.Combine(_folder, "old.db"));
        var restored = await Shell.RunAsync("restore", backup, "--configuration", there);

        Assert.Contains("configuration: site/archive.json, .env", made.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (restored.Code, restored.Error));
        Assert.Equal("{ }", await File.ReadAllTextAsync(Path.Combine(there, "site", "archive.json")));
    }

    [Fact]
    public void A_file_of_the_settings_that_is_gone_or_spoiled_keeps_no_backup_from_being_made()
    {
        File.WriteAllText(Path.Combine(_folder, ".env"), "no line of this kind\n");
        File.WriteAllText(Path.Combine(_folder, "appsettings.json"), "{ }");

        var files = ConfigurationFiles.Find(new(), _folder, new Dictionary<string, string> { ["ORTHANC_JSON"] = "/gone/orthanc.json" });

        Assert.Equal(["appsettings.json", ".env"], files.Select(file => file.Name));
    }

    [Fact]
    public async Task A_running_gateways_store_is_not_written_over_whatever_was_typed()
    {
        await using var gateway = await RunningGateway.StartAsync($"Worklist:DatabasePath={Store}");
        await gateway.Store.OrderAsync("A1", "m-1", "1.2.3");
        var backup = Path.Combine(_folder, "b.tar.gz");
        await RunAsync(Store, "backup", backup);

        var refused = await RunAsync(Store, "restore", backup, "--force", "--json");

        Assert.Equal(1, refused.Code);
        Assert.Contains("Stop the gateway", refused.Failure.Detail, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(_folder, ".gantry-*"));
    }

    [Theory]
    [InlineData("no such file", null, "There is no file")]
    [InlineData("garbage", "this is not a compressed tar", "is no backup of Gantry, or is damaged")]
    public async Task What_is_no_backup_is_told_in_a_sentence(string name, string? content, string words)
    {
        var file = Path.Combine(_folder, name);
        if (content is not null)
            await File.WriteAllTextAsync(file, content);

        var refused = await RunAsync(Store, "restore", file, "--json");

        Assert.Contains(words, refused.Failure.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(Store));
    }

    [Fact]
    public async Task A_backup_that_was_cut_short_or_changed_is_refused()
    {
        await using (var gateway = await RunningGateway.StartAsync($"Worklist:DatabasePath={Store}"))
            await gateway.Store.OrderAsync("A1", "m-1", "1.2.3");
        var backup = Path.Combine(_folder, "b.tar.gz");
        await RunAsync(Store, "backup", backup);
        var bytes = await File.ReadAllBytesAsync(backup);
        await File.WriteAllBytesAsync(backup, bytes[..(bytes.Length / 2)]);

        var refused = await RunAsync(Elsewhere, "restore", backup, "--json");

        Assert.Contains("damaged", refused.Failure.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(Elsewhere));
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_names_the_place()
    {
        await using (await RunningGateway.StartAsync($"Worklist:DatabasePath={Store}"))
        {
            // Makes the store
        }
        var refused = await RunAsync(Store, "backup", "/proc/gantry.tar.gz", "--json");

        Assert.Contains("/proc/gantry.tar.gz cannot be written", refused.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_backups_go_and_files_of_others_stay()
    {
        await using (await RunningGateway.StartAsync($"Worklist:DatabasePath={Store}"))
        {
            // Makes the store
        }
        foreach (var name in (string[])["gantry-20200101T000000Z.tar.gz", "gantry-20200102T000000Z.tar.gz", "gantry-precious.tar.gz"])
            await File.WriteAllTextAsync(Path.Combine(_folder, name), "");

        await RunAsync(Store, "backup", _folder, "--keep", "2");

        var left = Directory.EnumerateFiles(_folder, "*.tar.gz").Select(Path.GetFileName).ToList();
        Assert.Equal(3, left.Count);
        Assert.DoesNotContain("gantry-20200101T000000Z.tar.gz", left);
        Assert.Contains("gantry-precious.tar.gz", left);
    }

    private string Store => Path.Combine(_folder, "worklist.db");

    private string Elsewhere => Path.Combine(_folder, "elsewhere", "worklist.db");

    private static Task<ShellResult> RunAsync(string store, params string[] args) => Shell.RunAsync(new() { ["WORKLIST_DB_PATH"] = store }, args);
}
