using System.CommandLine;
using Gantry.Audit;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Backup;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Cli;

/// <summary><c>backup</c>: one file with store, outbox and configuration, of a gateway that may be running.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("target")
    {
        HelpName = "FILE|FOLDER", Description = "The file to make, or a folder in which it gets a name with date and time",
    };

    private static readonly Option<int?> Keep = new("--keep")
    {
        HelpName = "N", Description = "In a folder: delete the oldest, so that so many stay",
    };

    public static Command Create()
    {
        Keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--keep is 1 or more.");
        });
        var backup = new Command("backup", "Makes a backup of worklist, outbox and configuration while the gateway runs.") { Target, Keep };
        CommandRun.Attach(backup, "backup", BackUpAsync);
        return backup;
    }

    private static async Task BackUpAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var directory = run.Terminal.Directory;
        var settings = SettingsBinder.Bind(SettingsLayers.Build([], directory, run.Terminal.Environment));
        var target = Path.GetFullPath(run.Arguments.GetValue(Target)!, directory);
        var isFolder = Directory.Exists(target) || Path.EndsInDirectorySeparator(target);
        var file = isFolder ? Path.Combine(target, BackupFile.NameAt(run.Terminal.Time.GetUtcNow())) : target;
        if (File.Exists(file))
            throw new StepFailedException("options", $"There is a file {file} already; name another one, or a folder.");
        if (!isFolder && run.Get(Keep) is not null)
            throw new StepFailedException("options", "--keep goes with a folder.");
        var store = settings.Worklist.ToStore(directory);
        // SQLite would make an empty one
        if (store.SqlitePath is { } path && !File.Exists(path))
            throw new StepFailedException("store", $"There is no worklist at {path}. Set WORKLIST_DB_PATH to the gateway's, or start where it does.");
        if (isFolder)
            Directory.CreateDirectory(target);

        run.Result.Backup = file;
        await using var auditor = new Auditor(settings.Audit.ToTrail(directory), settings.Dicom.AeTitle, run.Terminal.Time);
        var made = await run.Report.RunAsync("backup", () => BackupFile.WriteAsync(
            store, ConfigurationFiles.Find(settings, directory, run.Terminal.Environment), file, run.Terminal.Time, cancellationToken),
            manifest => FormattableString.Invariant(
                $"{file}: {manifest.Orders} orders, {manifest.Undelivered} messages to be delivered, configuration: {(manifest.Configuration.Count == 0 ? "none" : string.Join(", ", manifest.Configuration))}"),
            cancellationToken);
        auditor.Record(events => events.Export(Actors.AtTerminal, file, made.Orders));
        if (run.Get(Keep) is { } keep)
            BackupFolder.Prune(target, keep);
    }
}
