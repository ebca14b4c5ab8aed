using System.Globalization;

namespace Gantry.Bench;

/// <summary>What to measure, and where things are.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        usage: tests/bench [options]          the worklist
               tests/bench cloud [--only NAME] the way from modality to clinic's page (scenarios in tests/Bench/README.md)
               tests/bench images [--work DIR] storing, DICOMweb through the viewer's port, a backlog of changes
               tests/bench emr [--sizes N,...] syncs with an EMR of so many orders, what the EMR costs a query, statuses back (--only sync, queries, write-backs)

          --sizes N,N,...     worklist sizes (1000,10000,100000); a million takes a few minutes more
          --seconds S         longest time for one case on one server (6)
          --only NAME         gantry, wlmscpfs, orthanc or ceiling, or a scenario of cloud; may be given several times
          --peer-limit N      the peers, which read every item for every query, are left out above this size (10000)
          --load-client DIR   the neutral load client's sources (../shared/tools/mwl-load)
          --work DIR          where files go (artifacts/bench)
        """;

    public IReadOnlyList<int> Sizes { get; private init; } = [1_000, 10_000, 100_000];

    public int Seconds { get; private init; } = 6;

    public IReadOnlyList<string> Only { get; private init; } = [];

    public int PeerLimit { get; private init; } = 10_000;

    public string LoadClientFolder { get; private init; } = Path.Combine(RepositoryRoot(), "..", "shared", "tools", "mwl-load");

    public string WorkFolder { get; private init; } = Path.Combine(RepositoryRoot(), "artifacts", "bench");

    /// <summary>The options, or null with what was wrong with them (nothing, if help was asked for).</summary>
    public static BenchOptions? Parse(string[] args, out string problem)
    {
        problem = "";
        var options = new BenchOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h") return null;
            if (i + 1 == args.Length)
            {
                problem = $"{args[i]} needs a value, or is no option";
                return null;
            }

            var value = args[++i];
            options = args[i - 1] switch
            {
                "--sizes" => options with { Sizes = [.. value.Split(',').Select(Number)] },
                "--seconds" => options with { Seconds = Number(value) },
                "--only" => options with { Only = [.. options.Only, value] },
                "--peer-limit" => options with { PeerLimit = Number(value) },
                "--load-client" => options with { LoadClientFolder = value },
                "--work" => options with { WorkFolder = Path.GetFullPath(value) },
                _ => null,
            };
            if (options is not null && options.Seconds > 0 && options.Sizes.All(size => size > 0)) continue;
            problem = $"{args[i - 1]} {value} is no option, or not a positive number";
            return null;
        }

        return options;
    }

    /// <summary>The folder that holds Solution.sln.</summary>
    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Solution.sln"))) return folder.FullName;
        throw new BenchException("Run it from inside the repository: Solution.sln was not found.");
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
