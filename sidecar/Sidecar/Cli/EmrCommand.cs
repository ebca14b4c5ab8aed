using System.CommandLine;
using System.Globalization;
using Gantry.EmrSync;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Status;
using Gantry.EmrSync.Sync;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Cli;

/// <summary><c>emr check</c> and <c>emr sync</c>: looks at the EMR, and brings its orders into the worklist now.</summary>
internal static class EmrCommand
{
    private static readonly Option<int> Rows = new("--rows")
    {
        HelpName = "N", Description = "How many rows to show, of those that work and of those that do not", DefaultValueFactory = _ => 10,
    };

    public static Command Create()
    {
        var check = new Command("check", "Runs the query of EmrSync:Orders and shows what modalities would see, and which rows will not work.")
        {
            Rows,
        };
        CommandRun.Attach(check, "emr check", CheckAsync);
        var sync = new Command("sync", "Syncs with the EMR once, while the gateway runs or not.");
        WorklistFile.Attach(sync, SyncAsync, "emr");
        return new Command("emr", "The EMR whose orders come into the worklist.") { check, sync, EmrDemoCommand.Create() };
    }

    private static async Task CheckAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var settings = SettingsBinder.Bind(SettingsLayers.Build([], run.Terminal.Directory, run.Terminal.Environment));
        var options = OptionsOf(run, settings);
        await using var emr = new OrderCheck(options, new PatientNames(settings.EmrSync.Names), SiteTime.For(settings.Site, run.Terminal.Time));
        await run.Report.RunAsync("connect", ConnectAsync, _ => "the EMR answers", cancellationToken);
        var found = await run.Report.RunAsync("query", () => emr.RunAsync(run.Get(Rows), cancellationToken), Describe, cancellationToken);
        run.Result.Orders = [.. found.First.Select(row => row.Item!)];
        run.Result.Total = found.Rows;
        run.Result.Problems =
        [
            .. found.Wrong.SelectMany(row => row.Problem is { } problem
                ? [new EmrProblem(row.Row, row.Key, problem, "unusable")]
                : row.Mended.Select(note => new EmrProblem(row.Row, row.Key, note, "mended"))),
        ];
        if (found.First.Count > 0) run.Show(Tables.Of(found.First.Select(row => row.Item!)));
        if (run.Result.Problems.Count > 0) run.Show(Tables.Of(run.Result.Problems));
        if (options.TellsStatuses)
            await run.Report.RunAsync("status back", TryStatusAsync, _ => $"tried on no order, and undone; told are {string.Join(", ", options.Statuses.Keys.Order(StringComparer.Ordinal))}", cancellationToken);
        if (found.Unusable > 0)
        {
            throw run.Report.Fail("rows", "columns",
                FormattableString.Invariant($"{found.Unusable} of {found.Rows} rows cannot become orders; the table names row, column and why."));
        }

        async Task<bool> ConnectAsync()
        {
            await emr.ConnectAsync(cancellationToken);
            return true;
        }

        async Task<bool> TryStatusAsync()
        {
            await using var writer = new StatusWriter(options, TimeProvider.System);
            await writer.CheckAsync(cancellationToken);
            return true;
        }

        string Describe(CheckResult result) => string.Create(CultureInfo.InvariantCulture,
            $"mode {options.EffectiveMode}: {result.Rows} rows{(result.IsCut ? " (and more)" : "")}, {result.Live} orders, {result.Cancelled} cancelled, {result.Unusable} unusable");
    }

    private static async Task SyncAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var options = OptionsOf(run, worklist.Settings);
        await using var sync = new OrderSync(options, worklist.Store.Emr, new PatientNames(worklist.Settings.EmrSync.Names), worklist.Time,
            NullLogger<OrderSync>.Instance);
        var done = await run.Report.RunAsync("sync", SyncAsync, Describe, cancellationToken);
        run.Result.Counts = new Dictionary<string, long>
        {
            ["read"] = done.Read, ["new"] = done.Added, ["changed"] = done.Changed, ["cancelled"] = done.Cancelled,
            ["reinstated"] = done.Reinstated, ["set_aside"] = done.SetAside,
        };
        run.Show(Tables.Of(run.Result.Counts.Select(pair => (pair.Key, (string?)pair.Value.ToString(CultureInfo.InvariantCulture)))));
        if (done.SetAside > 0) run.Say("'worklist list --set-aside' shows what is set aside, and why.");

        async Task<EmrRun> SyncAsync()
        {
            var result = await sync.RunAsync("command", cancellationToken);
            return result.Failure is not { } failure ? result
                : throw new StepFailedException(failure[..failure.IndexOf(':', StringComparison.Ordinal)],
                    failure[(failure.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        }

        static string Describe(EmrRun result) => result.IsWhole ? "everything was compared" : "what is new was read";
    }

    public static EmrSyncOptions OptionsOf(CommandRun run, SidecarSettings settings)
    {
        var options = settings.EmrSync.ToOptions(settings.StationAetFor);
        return options.IsConfigured ? options : throw run.Report.Fail(run.Result.Command, "settings",
            "No EMR is set: set EMR_SERVER (or EMR_DSN, a whole ODBC connection string) and EmrSync__Preset or EmrSync__Orders; .env.example explains them.");
    }
}

/// <summary>A row of the EMR that will not work, or only mended.</summary>
internal sealed record EmrProblem(int Row, string OrderKey, string Problem, string Outcome);
