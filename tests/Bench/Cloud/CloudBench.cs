using Gantry.Bench.Cloud.Story;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud;

/// <summary>The whole way between modality and clinic's page, against the real cloud; each scenario prints a table.</summary>
internal static class CloudBench
{
    /// <summary>Runs only when it is named: the stand-in of the cloud behind it is nobody's cloud.</summary>
    private const string Alone = "gateway-alone";

    private static readonly (string Name, Func<string, PrivatePostgres, CancellationToken, Task> Run)[] Scenarios =
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

    /// <exception cref="BenchException">A name is no scenario's, or a scenario could not be played.</exception>
    public static async Task RunAsync(string work, IReadOnlyList<string> only, CancellationToken cancellationToken)
    {
        if (only.FirstOrDefault(name => Scenarios.All(scenario => scenario.Name != name)) is { } unknown)
            throw new BenchException($"{unknown} is no scenario. There are: {string.Join(", ", Scenarios.Select(scenario => scenario.Name))}.");
        await using var server = await PrivatePostgres.StartAsync();
        foreach (var (name, run) in Scenarios.Where(scenario => only.Count == 0 ? scenario.Name != Alone : only.Contains(scenario.Name)))
        {
            Console.Error.WriteLine($"{name} ...");
            await run(work, server, cancellationToken);
        }
    }
}
