using System.CommandLine;
using System.Globalization;
using Gantry.Audit;
using Gantry.Sidecar.Web;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist add</c>: an order from the command line, checked like one from REST.</summary>
internal static class WorklistAddCommand
{
    public static Command Create()
    {
        var command = new Command(
            "add", "Adds an order. What every modality needs is checked first; a taken accession number is refused.");
        foreach (var flag in OrderFlags.All)
            command.Options.Add(flag.Option);
        WorklistFile.Attach(command, AddAsync);
        return command;
    }

    private static async Task AddAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var now = worklist.Time.GetLocalNow();
        var order = OrderFlags.Read(run.Arguments);
        order = order with
        {
            ScheduledDate = order.ScheduledDate is null or "today" ? Text(now, "yyyyMMdd") : order.ScheduledDate,
            ScheduledTime = order.ScheduledTime is null or "now" ? Text(now, "HHmm00") : order.ScheduledTime,
        };
        var item = NewOrderCheck.Of(order, worklist.Settings.StationAetFor, out var errors);
        if (errors.Count > 0)
        {
            run.Result.Errors = errors;
            foreach (var (field, wrong) in errors)
                run.Report.Fail("check the order", "options", $"{OrderFlags.FlagOf(field)}: {string.Join(' ', wrong)}");
            throw new StepReportedException();
        }
        var outcome = await run.Report.RunAsync(
            "add", () => worklist.Store.AddAsync(item, cancellationToken), Describe, cancellationToken);
        run.Result.Orders = [outcome.Item];
        if (outcome.Result == AddResult.Exists)
        {
            throw run.Report.Fail("add", "store",
                $"The accession number {item.AccessionNumber} is taken; nothing was changed. 'worklist show' shows that order.");
        }
        worklist.Record(AuditAction.Create, outcome.Item);
        run.Show(Tables.Of([outcome.Item]));
    }

    private static string Describe(AddOutcome outcome) => outcome.Result switch
    {
        AddResult.Created => $"study {outcome.Item.StudyInstanceUid}",
        AddResult.SameMessage => "the same message made this order before",
        AddResult.Exists => "nothing was added",
    };

    private static string Text(DateTimeOffset moment, string format) => moment.ToString(format, CultureInfo.InvariantCulture);
}
