using Gantry.Bench.Cloud.Story;
using Gantry.Worklist.Tests.Engines;
using Spectre.Console;

namespace Gantry.Bench.Cloud;

/// <summary>
/// The whole way between modality and clinic's page, against the real cloud. Each scenario prints a table as it ends, and at the end one
/// table has every figure that has a target. A scenario that fails stands there too, and the others are played all the same.
/// </summary>
internal static class CloudBench
{
    /// <summary>Runs only when it is named: the stand-in of the cloud behind it is nobody's cloud.</summary>
    private const string Alone = "gateway-alone";

    /// <summary>No scenario takes as long on two cores that have nothing else to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static readonly (string Name, Func<string, PrivatePostgres, CancellationToken, Task<IReadOnlyList<Figures>>> Run)[] Scenarios =
    [
        ("mpps", MppsBench.RunAsync),
        ("images", MammogramBench.RunAsync),
        ("status-outage", OutageBench.StatusesAsync),
        ("image-outage", OutageBench.ImagesAsync),
        ("crowd", CrowdBench.RunAsync),
        ("gateways", ManyGatewaysBench.RunAsync),
        ("memory", MemoryBench.RunAsync),
        (Alone, (work, _, cancellationToken) => GatewayAlone.RunAsync(work, cancellationToken)),
    ];

    /// <returns>False when a scenario could not be played to its end; a figure that misses its target is told, and no failure.</returns>
    /// <exception cref="BenchException">A name is no scenario's.</exception>
    public static async Task<bool> RunAsync(string work, IReadOnlyList<string> only, CancellationToken cancellationToken)
    {
        if (only.FirstOrDefault(name => Scenarios.All(scenario => scenario.Name != name)) is { } unknown)
            throw new BenchException($"{unknown} is no scenario. There are: {string.Join(", ", Scenarios.Select(scenario => scenario.Name))}.");
        await using var server = await PrivatePostgres.StartAsync();
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "what", "figure", "target", "");
        var (met, missed, failed, begun) = (0, 0, 0, TimeProvider.System.GetTimestamp());
        var load = new Load();
        foreach (var (name, run) in Scenarios.Where(scenario => only.Count == 0 ? scenario.Name != Alone : only.Contains(scenario.Name)))
        {
            Console.Error.WriteLine($"{name} ...");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                foreach (var figure in (await run(work, server, patience.Token)).SelectMany(figures => figures.Judged))
                {
                    table.AddRow(name, Markup.Escape($"{figure.Title}: {figure.Row}"), Markup.Escape(figure.Value), figure.Target, figure.Verdict);
                    if (figure.IsMet is true) met++;
                    else missed++;
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // Of whatever kind it is: nobody looks on, and the other figures are wanted all the same
                failed++;
                var reason = patience.IsCancellationRequested ? $"not over after {Patience.TotalMinutes} minutes" : error is BenchException ? error.Message : error.ToString();
                Console.Error.WriteLine($"{name} could not be played: {reason}");
                table.AddRow(name, "could not be played; see above", Markup.Escape(error.GetType().Name), "", "FAILED");
            }
        }

        AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        Console.WriteLine(FormattableString.Invariant(
            $"{met} targets met, {missed} missed, {failed} scenarios failed, in {TimeProvider.System.GetElapsedTime(begun).TotalMinutes:0.0} minutes. Processor over all: {load.Everybody()}."));
        return failed == 0;
    }
}
