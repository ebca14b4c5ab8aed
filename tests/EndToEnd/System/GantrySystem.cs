using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Gantry.EndToEnd.Tests;

/// <summary>
/// The real thing: Orthanc, the sidecar and the parts a test asks for, started by <c>compose/up</c> as a person would, on free
/// ports and with a data folder of its own. Disposing it presses Ctrl-C and deletes the folder.
/// </summary>
internal sealed class GantrySystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly Peer _up;

    private GantrySystem(Peer up, Ports ports, string data) => (_up, Ports, Data) = (up, ports, data);

    public static string Root { get; } = FindRoot();

    /// <summary>The sidecar that was built together with these tests, or the one that GANTRY_TEST_SIDECAR names.</summary>
    public static string SidecarProgram { get; } = FindSidecar();

    /// <summary>The cloud's web app that was built together with these tests.</summary>
    public static string CloudProgram { get; } = Beside("Gantry.Cloud", "gantry-cloud.dll");

    public Ports Ports { get; }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    public string WorklistDatabase => Path.Combine(Data, "worklist.db");

    /// <summary>What compose/up has printed so far.</summary>
    public string Output => _up.Output;

    /// <summary>Process numbers of Orthanc and the sidecar.</summary>
    public int OrthancProcess => ProcessOf("orthanc");

    public int SidecarProcess => ProcessOf("sidecar");

    /// <summary>A service's process number, by its name in compose/up.</summary>
    public int ProcessOf(string service) =>
        int.Parse(File.ReadAllText(Path.Combine(Data, "run", $"{service}.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>A new folder for data, deliberately with a space in its name, and a dot, as the usual one has.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("gantry.test ").FullName;

    /// <summary>The arguments that every start here shares; what a test does not ask for takes no time.</summary>
    public static string[] Arguments(Ports ports, string data, Parts parts = Parts.None) =>
    [
        "--data", data, "--port-offset", ports.Offset.ToString(CultureInfo.InvariantCulture), "--sidecar", SidecarProgram,
        .. parts.HasFlag(Parts.Simulator) ? Array.Empty<string>() : ["--without", "orthanc-modality"],
        .. parts.HasFlag(Parts.Cloud) ? new[] { "--cloud", CloudProgram } : ["--without", "cloud"],
        .. parts.HasFlag(Parts.Emr) ? Array.Empty<string>() : ["--without", "emr"],
        .. parts.HasFlag(Parts.Postgres) ? ["--postgres"] : Array.Empty<string>(),
    ];

    /// <summary>Runs compose/up to its end, for what ends by itself.</summary>
    public static Task<PeerResult> UpAsync(params string[] arguments) =>
        Peer.RunAsync(Path.Combine(Root, "compose", "up"), arguments, StartLimit);

    /// <summary>Starts the system and waits until compose/up says that everything has answered.</summary>
    public static async Task<GantrySystem> StartAsync(
        string? data = null, Ports? ports = null, Parts parts = Parts.None,
        IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        ports ??= Ports.Free();
        data ??= NewFolder();
        // From another folder, since compose/up must not care
        var up = Peer.Start(
            Path.Combine(Root, "compose", "up"), [.. Arguments(ports, data, parts), .. more], Path.GetTempPath(), environment);
        try
        {
            await up.SeesAsync("The logs follow", StartLimit);
            return new(up, ports, data);
        }
        catch
        {
            await up.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same in the background (--detach): a service may end, and the others go on.</summary>
    public static async Task<GantrySystem> StartInBackgroundAsync(
        string data, Ports ports, Parts parts, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var up = Peer.Start(
            Path.Combine(Root, "compose", "up"), [.. Arguments(ports, data, parts), .. more, "--detach"], Path.GetTempPath(), environment);
        (await up.EndAsync(StartLimit)).MustSucceed();
        return new(up, ports, data);
    }

    /// <summary>Ends it with a signal (INT is Ctrl-C) and waits for the end.</summary>
    public async Task<PeerResult> StopAsync(string signal = "INT")
    {
        await _up.SignalAsync(signal);
        return await _up.EndAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>Ends compose/up and these services as a power cut would.</summary>
    public async Task PowerCutAsync(params string[] services)
    {
        var processes = services.Select(ProcessOf).Select(Process.GetProcessById).ToArray();
        // compose/up first, so that it stops nothing
        await _up.SignalAsync("KILL");
        await _up.EndAsync();
        foreach (var process in processes)
            process.Kill();
        // On a busy machine a process takes a moment to be gone
        await Task.WhenAll(processes.Select(process => process.WaitForExitAsync())).WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Waits for compose/up to end by itself.</summary>
    public Task<PeerResult> EndAsync() => _up.EndAsync(TimeSpan.FromMinutes(2));

    /// <summary>Runs a command of the contract, its ports moved and the name of the database filled in.</summary>
    public Task<PeerResult> CommandAsync(string command) =>
        Peer.ShellAsync(Ports.Move(command).Replace("<worklist.db>", $"'{WorklistDatabase}'", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (Exception error) when (error is InvalidOperationException or TimeoutException or Xunit.Sdk.XunitException)
        {
            // It ended before, or does not: what is left is killed below
        }
        await _up.DisposeAsync();
        await UpAsync("--data", Data, "--stop");
        // A second system on the same folder may have done so
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory!;
        while (!File.Exists(Path.Combine(folder.FullName, "Solution.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No folder above {thisFile} holds Solution.sln.");
        return folder.FullName;
    }

    private static string FindSidecar() =>
        Environment.GetEnvironmentVariable("GANTRY_TEST_SIDECAR") is { Length: > 0 } named ? named : Beside("Gantry.Sidecar", "gantry-sidecar.dll");

    // artifacts/bin/Gantry.EndToEnd.Tests/CONFIGURATION/ is where we are
    private static string Beside(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
    }
}
