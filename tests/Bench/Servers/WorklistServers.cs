namespace Gantry.Bench.Servers;

/// <summary>The servers that are compared.</summary>
internal static class WorklistServers
{
    /// <summary>The columns of the table, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["wlmscpfs", "Orthanc plugin", CeilingServer.ServerName, GantryServer.ServerName];

    /// <summary>Those that others made.</summary>
    public static IReadOnlyList<string> Peers { get; } = ["wlmscpfs", "Orthanc plugin"];

    public static IEnumerable<WorklistServer> For(BenchOptions options, LoadClient client, int items)
    {
        var folder = Path.Combine(options.WorkFolder, "servers");
        if (Wanted("ceiling")) yield return new CeilingServer(Path.Combine(folder, "ceiling"), client);
        if (Wanted("gantry")) yield return new GantryServer(Path.Combine(folder, "gantry"), items);
        if (items > options.PeerLimit) yield break;
        if (Wanted("wlmscpfs")) yield return new WlmscpfsServer(Path.Combine(folder, "wlmscpfs"), items);
        if (Wanted("orthanc")) yield return new OrthancServer(Path.Combine(folder, "orthanc"), items);

        bool Wanted(string name) => options.Only.Count == 0 || options.Only.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
