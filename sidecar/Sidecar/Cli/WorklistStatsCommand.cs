using System.CommandLine;
using System.Globalization;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist stats</c>: how many orders stand in each status.</summary>
internal static class WorklistStatsCommand
{
    public static Command Create()
    {
        var command = new Command("stats", "Counts the orders in each status.");
        WorklistFile.Attach(command, CountAsync);
        return command;
    }

    private static async Task CountAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var statistics = await worklist.Store.StatisticsAsync(cancellationToken);
        run.Result.Counts = OrderStatuses.All.ToDictionary(
            status => status.ToText(), status => statistics.Counts.GetValueOrDefault(status));
        run.Result.Total = statistics.Total;
        run.Show(Tables.Of(run.Result.Counts.Append(new("total", statistics.Total))
            .Select(pair => (pair.Key, (string?)pair.Value.ToString(CultureInfo.InvariantCulture)))));
    }
}
