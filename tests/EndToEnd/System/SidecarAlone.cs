using System.Globalization;
using System.Text.RegularExpressions;

namespace Gantry.EndToEnd.Tests;

/// <summary>
/// The sidecar without Orthanc and with settings of a test's own, on free ports that it chose itself. It has the demo's
/// orders. Disposing it stops it and deletes its folder.
/// </summary>
internal sealed partial class SidecarAlone : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Peer _process;
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private bool _isKilled;

    private SidecarAlone(Peer process, string folder, bool ownsFolder, int port, int web) =>
        (_process, _folder, _ownsFolder, Port, WebPort) = (process, folder, ownsFolder, port, web);

    public int Port { get; }

    public int WebPort { get; }

    public int Process => _process.Id;

    public string Database => Path.Combine(_folder, "worklist.db");

    public string Log => _process.Output;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="settings">Environment variables, such as Dicom__ArtimTimeout.</param>
    public static Task<SidecarAlone> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(GantrySystem.NewFolder(), ownsFolder: true, settings);

    /// <summary>The same on a folder that stays, for a second start.</summary>
    public static Task<SidecarAlone> StartInAsync(string folder) => StartAsync(folder, ownsFolder: false, []);

    private static async Task<SidecarAlone> StartAsync(string folder, bool ownsFolder, (string Name, string Value)[] settings)
    {
        var process = Launch(folder, [("Demo__Enabled", "true"), ("Dicom__Ports", "0"), ("Web__Port", "0"), ("Viewer__Enabled", "false"), .. settings]);
        try
        {
            await process.SeesAsync("Listening for the browser on", Patience);
            await process.SeesAsync("Listening for DICOM on", Patience);
            return new(process, folder, ownsFolder, PortIn(DicomPort(), process), PortIn(BrowserPort(), process));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end, for settings that it cannot start with.</summary>
    public static async Task<PeerResult> RunAsync(params (string Name, string Value)[] settings)
    {
        var folder = GantrySystem.NewFolder();
        await using var process = Launch(folder, [("Dicom__Ports", "0"), ("Web__Port", "0"), ("Viewer__Enabled", "false"), .. settings]);
        var result = await process.EndAsync();
        Directory.Delete(folder, recursive: true);
        return result;
    }

    /// <summary>Waits for a log line about a peer and gives all that are there.</summary>
    public async Task<string> LinesAboutAsync(System.Net.EndPoint peer)
    {
        await _process.SeesAsync($"{peer} ", Patience);
        return string.Join('\n', Log.Split('\n').Where(line => line.Contains($"{peer} ", StringComparison.Ordinal)));
    }

    public Task LogShowsAsync(string text) => _process.SeesAsync(text, Patience);

    /// <summary>Memory in use by the process, in MiB.</summary>
    public int MemoryInUse() => int.Parse(
        File.ReadLines($"/proc/{Process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _isKilled = true;
        await _process.SignalAsync("KILL");
        await _process.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isKilled)
            await _process.SignalAsync("TERM");
        await _process.EndAsync();
        await _process.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(_folder, recursive: true);
    }

    private static Peer Launch(string folder, (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["WORKLIST_DB_PATH"] = Path.Combine(folder, "worklist.db") };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return Peer.Start("dotnet", [GantrySystem.SidecarProgram, "serve"], folder, environment);
    }

    private static int PortIn(Regex line, Peer process) => int.Parse(line.Match(process.Output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Listening for DICOM on \S+:(\d+)")]
    private static partial Regex DicomPort();

    [GeneratedRegex(@"Listening for the browser on \S*:(\d+)")]
    private static partial Regex BrowserPort();
}
