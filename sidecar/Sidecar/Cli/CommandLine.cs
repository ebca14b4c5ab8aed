using System.CommandLine;

namespace Gantry.Sidecar.Cli;

/// <summary>The commands for people at a terminal.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command; the result is the process's exit code.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Gantry's sidecar: worklist and MPPS beside Orthanc. Without a command it serves.");
        return root.Parse(args).InvokeAsync();
    }
}
