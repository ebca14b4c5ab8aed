using Gantry.Bench.Servers;

namespace Gantry.Bench;

/// <summary>Runs the cases on one server, one after the other.</summary>
internal static class Runner
{
    public static async Task RunAsync(
        WorklistServer server, LoadClient client, int items, BenchOptions options, ResultTable table, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"{server.Name}: preparing {items:N0} items ...");
        await server.StartAsync(cancellationToken);
        foreach (var benchCase in BenchCase.For(items))
        {
            if (benchCase.IsMpps && !server.HasMpps) continue;
            Console.Error.WriteLine($"{server.Name}: {benchCase.Name} ...");
            await server.PrepareAsync(benchCase, cancellationToken);
            // A second unmeasured: programs compile themselves and fill their caches, and a hospital's run for months
            await client.MeasureAsync($"{benchCase.Arguments} --max-seconds 1", server.Port, cancellationToken);
            var measured = await client.MeasureAsync($"{benchCase.Arguments} --max-seconds {options.Seconds}", server.Port, cancellationToken);
            table.Add(benchCase, server.Name, measured);
        }

        if (server.PeakMegabytes() is { } megabytes) table.AddMemory(server.Name, megabytes);
    }
}
