using Gantry.Bench.Servers;

namespace Gantry.Bench.Cloud;

/// <summary>The sidecar as users run it, with settings of its own. It is up when its pages are, which come last.</summary>
internal sealed class Gateway(string folder, string database, IReadOnlyList<string> settings) : WorklistServer("Gantry", folder)
{
    /// <summary>Worklist and MPPS.</summary>
    public int DicomPort { get; } = FreePort();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var program = Path.Combine(BenchOptions.RepositoryRoot(), "artifacts", "bin", "Gantry.Sidecar", "release", "gantry-sidecar.dll");
        if (!File.Exists(program)) throw new BenchException("Build the sidecar first: dotnet build -c Release sidecar/Sidecar");
        await LaunchAsync(
            "dotnet",
            [
                program, "serve", $"--Dicom:Ports:0={DicomPort}", $"--Dicom:Ports:1={FreePort()}", $"--Web:Port={Port}", .. settings.Any(setting => setting.StartsWith("--Viewer:", StringComparison.Ordinal)) ? Array.Empty<string>() : ["--Viewer:Enabled=false"],
                $"--Worklist:DatabasePath={database}", .. settings,
            ],
            new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "0x400000" }, cancellationToken);
    }
}
