using System.CommandLine;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist list</c>: orders by filters, those set aside, or exams without an order.</summary>
internal static class WorklistListCommand
{
    private static readonly Option<string?> PatientId = new("--patient-id") { HelpName = "ID", Description = "Patient ID" };
    private static readonly Option<string[]> Status = new("--status")
    {
        HelpName = "STATUS",
        Description = "SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED; may repeat",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Take =
        new("--take") { HelpName = "N", Description = "At most this many", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Skip =
        new("--skip") { HelpName = "N", Description = "Pass over this many first", DefaultValueFactory = _ => 0 };
    private static readonly Option<bool> SetAside =
        new("--set-aside") { Description = "Show instead the orders that cannot be served, and why" };
    private static readonly Option<bool> Unscheduled =
        new("--unscheduled") { Description = "Show instead the exams for which no order was found" };

    public static Command Create()
    {
        Status.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !OrderStatuses.TryParse(token.Value, out _)))
                result.AddError($"--status is '{token.Value}'; SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED is wanted.");
        });
        Take.Validators.Add(result => RequireRange(result, Take, 1, 100_000));
        Skip.Validators.Add(result => RequireRange(result, Skip, 0, int.MaxValue));
        var command = new Command("list", "Lists orders by day and time.");
        foreach (var option in new Option[]
        {
            CommonFlags.Modality, CommonFlags.Date, CommonFlags.Accession, PatientId, Status, Take, Skip, SetAside, Unscheduled,
        })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(SetAside) && result.GetValue(Unscheduled))
                result.AddError("--set-aside and --unscheduled are two lists; ask for one at a time.");
        });
        WorklistFile.Attach(command, ListAsync);
        return command;
    }

    private static Task ListAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken) =>
        run.Get(SetAside) ? ListSetAsideAsync(run, worklist, cancellationToken)
        : run.Get(Unscheduled) ? ListUnscheduledAsync(run, worklist, cancellationToken)
        : ListOrdersAsync(run, worklist, cancellationToken);

    private static async Task ListOrdersAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var typed = run.Get(CommonFlags.Date);
        if (!DayRange.TryParse(typed == "any" ? null : typed, worklist.Time.Today(), out var days))
            throw new ArgumentException(
                $"--date is '{typed}'; YYYYMMDD, 'today', 'any', or a range such as 20260101-20260131 is wanted.");
        var take = run.Get(Take);
        var filter = new WorklistFilter
        {
            Criteria = new()
            {
                Statuses = Statuses(run.Get(Status) ?? []),
                Modalities = run.Get(CommonFlags.Modality) is { } modality ? [modality] : null,
                DateFrom = days.From,
                DateTo = days.To,
                PatientId = run.Get(PatientId),
                AccessionNumber = run.Get(CommonFlags.Accession),
            },
            Skip = run.Get(Skip),
            Take = take + 1,
        };
        var orders = await worklist.Store.FindAsync(filter, cancellationToken);
        run.Result.More = orders.Count > take;
        run.Result.Orders = [.. orders.Take(take)];
        ShowOrSay(run, run.Result.Orders.Count, () => Tables.Of(run.Result.Orders), "No order matches.");
        if (run.Result.More == true)
            run.Say(FormattableString.Invariant($"There are more: --skip {run.Get(Skip) + take} shows the next."));
    }

    private static OrderStatus[] Statuses(string[] words) =>
        [.. words.Select(word => OrderStatuses.TryParse(word, out var status) ? status : default)];

    private static async Task ListSetAsideAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        run.Result.SetAside = await worklist.Store.SetAsideItemsAsync(run.Get(Take), cancellationToken);
        ShowOrSay(run, run.Result.SetAside.Count, () => Tables.Of(run.Result.SetAside), "No order is set aside.");
    }

    private static async Task ListUnscheduledAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var steps = await worklist.Store.UnscheduledStepsAsync(run.Get(Take), cancellationToken);
        run.Result.Unscheduled = [.. steps.Select(step => new UnscheduledStep(
            step.SopInstanceUid, step.Status.ToText(), step.AccessionNumber, step.StudyInstanceUid, step.Modality, step.PatientId,
            step.PatientName, step.StartTime, step.EndTime, step.CallingAeTitle))];
        ShowOrSay(run, steps.Count, () => Tables.Of(run.Result.Unscheduled), "Every exam has its order.");
    }

    private static void ShowOrSay(CommandRun run, int count, Func<Spectre.Console.Table> table, string nothing)
    {
        if (count > 0)
            run.Show(table());
        else
            run.Say(nothing);
    }

    private static void RequireRange(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least, int most)
    {
        foreach (var token in result.Tokens)
        {
            if (!int.TryParse(token.Value, out var value) || value < least || value > most)
                result.AddError($"{option.Name} is '{token.Value}'; a number from {least} to {most} is wanted.");
        }
    }
}
