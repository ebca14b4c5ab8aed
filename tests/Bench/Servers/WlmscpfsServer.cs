namespace Gantry.Bench.Servers;

/// <summary>DCMTK's worklist server.</summary>
internal sealed class WlmscpfsServer(string folder, int items) : WorklistServer("wlmscpfs", folder)
{
    // It forks a child for each association, so that the first process says nothing about them
    public override double? PeakMegabytes() => null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await WorklistFiles.WriteAsync(Path.Combine(Folder, "ANY-SCP"), items, cancellationToken); // a folder per called AE title
        await LaunchAsync("wlmscpfs", ["-q", "-dfp", Folder, $"{Port}"], new Dictionary<string, string>(), cancellationToken);
    }
}
