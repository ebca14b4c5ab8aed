using System.CommandLine;
using Gantry.Audit;

namespace Gantry.Sidecar.Cli;

/// <summary><c>worklist remove</c>: takes an order out; exams performed for it stay.</summary>
internal static class WorklistRemoveCommand
{
    public static Command Create()
    {
        var command = new Command("remove", "Removes an order; exams performed for it stay.") { WorklistCommand.Accession };
        WorklistFile.Attach(command, RemoveAsync);
        return command;
    }

    private static async Task RemoveAsync(CommandRun run, OpenWorklist worklist, CancellationToken cancellationToken)
    {
        var accession = run.Arguments.GetRequiredValue(WorklistCommand.Accession);
        var order = await worklist.Store.GetAsync(accession, cancellationToken)
            ?? throw WorklistCommand.NoSuchOrder(run, accession);
        if (!await worklist.Store.RemoveAsync(accession, cancellationToken))
            throw WorklistCommand.NoSuchOrder(run, accession);
        worklist.Record(AuditAction.Delete, order);
        run.Result.Orders = [order];
        run.Say($"Removed {accession}.");
    }
}
