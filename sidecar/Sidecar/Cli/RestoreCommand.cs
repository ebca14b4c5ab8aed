using System.CommandLine;
using Gantry.Audit;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Backup;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary><c>restore</c>: brings a backup back to the place that the settings name, on either database.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("file") { HelpName = "FILE", Description = "What 'backup' made" };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Write over a worklist that holds something; an SQLite file is kept beside the new one",
    };

    private static readonly Option<string?> Configuration = new("--configuration")
    {
        HelpName = "FOLDER", Description = "Lay the configuration files out there first, and take the settings from them",
    };

    public static Command Create()
    {
        var restore = new Command("restore", "Brings a backup back. The gateway must not be running.") { Source, Force, Configuration };
        CommandRun.Attach(restore, "restore", RestoreAsync);
        return restore;
    }

    private static async Task RestoreAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var directory = run.Terminal.Directory;
        var file = Path.GetFullPath(run.Arguments.GetValue(Source)!, directory);
        if (!File.Exists(file))
            throw new StepFailedException("options", $"There is no file {file}.");
        if (run.Get(Configuration) is { } folder)
        {
            directory = Path.GetFullPath(folder, directory);
            // Opened beside the store further down, which may be on another disk: where that is, only these files say
            using var opened = await BackupFile.OpenAsync(file, directory, cancellationToken);
            await run.Report.RunAsync("configuration", () => Task.FromResult(LayOut(opened, directory, run.Get(Force))), names => $"{names} in {directory}", cancellationToken);
        }

        var settings = SettingsBinder.Bind(SettingsLayers.Build([], directory, run.Terminal.Environment));
        var store = settings.Worklist.ToStore(directory);
        using var backup = await run.Report.RunAsync("open", () => BackupFile.OpenAsync(
            file, store.SqlitePath is { } path ? Path.GetDirectoryName(path)! : Path.GetTempPath(), cancellationToken),
            opened => FormattableString.Invariant($"made at {opened.Manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, schema {opened.Manifest.SchemaVersion}"), cancellationToken);
        await using var auditor = new Auditor(settings.Audit.ToTrail(directory), settings.Dicom.AeTitle, run.Terminal.Time);
        await run.Report.RunAsync("restore", () => StoreRestore.BringBackAsync(store, backup.Store, run.Get(Force), run.Terminal.Time, cancellationToken),
            result => FormattableString.Invariant($"{result.Contents.Orders} orders, {result.Contents.Undelivered} messages to be delivered")
                + (result.KeptAs is { } kept ? $"; what was there before is {kept}" : ""), cancellationToken);
        auditor.Record(events => events.Administration(Actors.AtTerminal, "The worklist was restored from a backup", file));
    }

    private static string LayOut(OpenBackup backup, string folder, bool force)
    {
        var names = backup.Manifest.Configuration.Where(name => File.Exists(Path.Combine(backup.Configuration, name))).ToList();
        if (!force && names.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) is { } taken)
            throw new StepFailedException("options", $"There is a file {Path.Combine(folder, taken)} already; nothing was changed. Name another folder, or add --force.");
        foreach (var name in names)
        {
            var target = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(Path.Combine(backup.Configuration, name), target, overwrite: true);
        }
        return names.Count == 0 ? "no files" : string.Join(", ", names);
    }
}
