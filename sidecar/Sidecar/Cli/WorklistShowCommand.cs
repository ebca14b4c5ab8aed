using System.CommandLine;
using System.Text.Json;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist show</c>: one order with everything that is known of it.</summary>
internal static class WorklistShowCommand
{
    public static Command Create()
    {
        var command = new Command("show", "Shows one order whole.") { WorklistCommand.Accession };
        WorklistFile.Attach(command, ShowAsync);
        return command;
    }

    private static async Task ShowAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var accession = run.Arguments.GetRequiredValue(WorklistCommand.Accession);
        var order = await worklist.Store.GetAsync(accession, cancellationToken)
            ?? throw WorklistCommand.NoSuchOrder(run, accession);
        run.Result.Orders = [order];
        // The names that JSON has are the columns' own
        var fields = JsonSerializer.SerializeToElement(order, ReadableJson.Context.WorklistItem);
        run.Show(Tables.Of(fields.EnumerateObject().Select(field => (field.Name, field.Value.GetString()))));
    }
}
