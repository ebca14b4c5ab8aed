namespace Gantry.EndToEnd.Tests;

/// <summary>Waits for DCMTK's servers, which say nothing when they are ready.</summary>
internal static class EchoLoop
{
    /// <summary>Echoes until there is an answer; each attempt takes as long as a program takes to start.</summary>
    public static async Task UntilAnsweredAsync(Peer server, int port, params string[] options)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if ((await Peer.RunAsync("echoscu", ["-q", .. options, "localhost", $"{port}"])).Status == 0)
                return;
        }
        throw new TimeoutException($"Nobody answers on port {port}:\n{server.Output}");
    }
}
