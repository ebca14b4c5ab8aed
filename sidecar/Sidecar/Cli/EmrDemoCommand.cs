using System.CommandLine;
using System.Globalization;
using Gantry.EmrSync.Demo;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Cli;

/// <summary><c>emr demo</c>: adds, changes and cancels orders in the demo EMR, so that one can watch them arrive.</summary>
internal static class EmrDemoCommand
{
    private static readonly Option<int> Add = Count("--add", "Orders to add, for the next hours", 1);
    private static readonly Option<int> Change = Count("--change", "Orders to change: one's time, the next one's name, the next one's modality", 3);
    private static readonly Option<int> Cancel = Count("--cancel", "Orders to cancel", 1);

    private static readonly Option<int?> Every = new("--every")
    {
        HelpName = "SECONDS", Description = "Do it again and again, with such a pause, until Ctrl-C",
        Validators = { result => { if (result.GetValueOrDefault<int?>() is < 1 or > 86400) result.AddError("--every is 1 to 86400 seconds."); } },
    };

    public static Command Create()
    {
        var command = new Command("demo", "Adds, changes and cancels orders in the demo EMR, and in no other.") { Add, Change, Cancel, Every };
        CommandRun.Attach(command, "emr demo", RunAsync);
        return command;
    }

    private static async Task RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var settings = SettingsBinder.Bind(SettingsLayers.Build([], run.Terminal.Directory, run.Terminal.Environment));
        var options = EmrCommand.OptionsOf(run, settings);
        var time = SiteTime.For(settings.Site, run.Terminal.Time);
        await using var emr = new DemoEmr(options.ConnectionString, time);
        await run.Report.RunAsync("connect", EnsureAsync, _ => "this is the demo EMR", cancellationToken);
        var all = new List<DemoChange>();
        run.Result.Changes = all;
        do
        {
            // Cancelled before others are changed, so that one order does not get both
            var done = (IReadOnlyList<DemoChange>)
            [
                .. await StepAsync("cancel", () => emr.CancelAsync(run.Get(Cancel), cancellationToken)),
                .. await StepAsync("change", () => emr.ChangeAsync(run.Get(Change), cancellationToken)),
                .. await StepAsync("add", () => emr.AddAsync(run.Get(Add), cancellationToken)),
            ];
            all.AddRange(done);
            if (done.Count > 0) run.Show(Tables.Of(done));
            if (run.Get(Every) is { } seconds)
                await Task.Delay(TimeSpan.FromSeconds(seconds), run.Terminal.Time, cancellationToken);
        }
        while (run.Get(Every) is not null);
        run.Say("They are in the worklist after the next query of a modality, or the next sync: worklist list, or the gateway's page /emr.");

        async Task<bool> EnsureAsync()
        {
            await emr.EnsureAsync(cancellationToken);
            return true;
        }

        Task<IReadOnlyList<DemoChange>> StepAsync(string name, Func<Task<IReadOnlyList<DemoChange>>> work) =>
            run.Report.RunAsync(name, work, done => string.Create(CultureInfo.InvariantCulture, $"{done.Count} {(done.Count == 1 ? "order" : "orders")}"), cancellationToken);
    }

    private static Option<int> Count(string name, string description, int otherwise) => new(name)
    {
        HelpName = "N", Description = description, DefaultValueFactory = _ => otherwise,
        Validators = { result => { if (result.GetValueOrDefault<int>() is < 0 or > 1000) result.AddError($"{name} is 0 to 1000."); } },
    };
}
