using System.CommandLine;
using Gantry.Audit;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Cli;

/// <summary>Opens the store that the gateway uses, by the same settings; the gateway may be running.</summary>
internal static class WorklistFile
{
    private static readonly Option<string?> Database = new("--db")
    {
        HelpName = "FILE", Description = "The worklist's SQLite file, instead of WORKLIST_DB_PATH and the other settings",
    };

    /// <summary>Makes a command that works on the open store.</summary>
    /// <param name="command">The command; <c>--db</c> is added to it.</param>
    /// <param name="work">What it does.</param>
    /// <param name="parent">The command that it belongs to.</param>
    public static void Attach(
        Command command, Func<CommandRun, OpenWorklist, CancellationToken, Task> work, string parent = "worklist")
    {
        command.Options.Add(Database);
        CommandRun.Attach(command, $"{parent} {command.Name}", async (run, cancellationToken) =>
        {
            await using var worklist = await OpenAsync(run, cancellationToken);
            await work(run, worklist, cancellationToken);
        });
    }

    private static async Task<OpenWorklist> OpenAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var settings = SettingsBinder.Bind(SettingsLayers.Build([], run.Terminal.Directory, run.Terminal.Environment));
        var time = SiteTime.For(settings.Site, run.Terminal.Time);
        var options = run.Get(Database) is { } typed
            ? new WorklistStoreOptions { SqlitePath = Path.GetFullPath(typed, run.Terminal.Directory) } : settings.Worklist.ToStore(run.Terminal.Directory);
        // A mistyped path must not become a new and empty worklist that nobody reads
        if (options.SqlitePath is { } path && !File.Exists(path))
        {
            throw new StepFailedException(
                "store",
                $"There is no worklist at {path}. Set WORKLIST_DB_PATH or --db to the gateway's, which it makes when it starts.");
        }
        var store = await WorklistStores.OpenAsync(options, NullLoggerFactory.Instance, time, cancellationToken);
        return new(store, settings, time, new(settings.Audit.ToTrail(run.Terminal.Directory), settings.Dicom.AeTitle, run.Terminal.Time));
    }
}

/// <summary>The open store, with the settings, the site's clock and the audit trail.</summary>
internal sealed record OpenWorklist(IWorklistStore Store, SidecarSettings Settings, TimeProvider Time, Auditor Auditor) : IAsyncDisposable
{
    /// <summary>Tells the audit trail what was done to an order from this terminal.</summary>
    public void Record(AuditAction action, WorklistItem item) =>
        Auditor.Record(events => OrderAudit.Order(events, Actors.AtTerminal, action, item, null));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Auditor.DisposeAsync();
    }
}
