using System.CommandLine;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist</c>: the orders in the store, while the gateway runs or not.</summary>
internal static class WorklistCommand
{
    public static Command Create() => new("worklist", "Lists, shows, adds and removes orders of the worklist.")
    {
        WorklistListCommand.Create(),
        WorklistShowCommand.Create(),
        WorklistAddCommand.Create(),
        WorklistRemoveCommand.Create(),
        WorklistStatsCommand.Create(),
    };

    /// <summary>The accession number that a command is about.</summary>
    public static Argument<string> Accession { get; } = new("accession") { Description = "Accession number of the order" };

    /// <summary>Says that there is no such order.</summary>
    public static StepReportedException NoSuchOrder(CommandRun run, string accession) => run.Report.Fail(
        run.Result.Command, "store",
        $"There is no order with the accession number '{accession}'; 'worklist list' shows those there are.");
}
