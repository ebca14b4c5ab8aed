using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Bench.Servers;

/// <summary>The sidecar as users run it, on a store on disk.</summary>
internal sealed class GantryServer(string folder, int items) : WorklistServer(ServerName, folder)
{
    public const string ServerName = "Gantry";

    public override bool HasMpps => true;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var path = Path.Combine(Folder, "worklist.db");
        var options = new WorklistStoreOptions { SqlitePath = path };
        await using (var store = await WorklistStores.OpenAsync(options, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken))
        {
            foreach (var chunk in WorklistItems.Make(items).Chunk(5_000)) await store.AddAsync(chunk, cancellationToken);
        }

        var program = Path.Combine(BenchOptions.RepositoryRoot(), "artifacts", "bin", "Gantry.Sidecar", "release", "gantry-sidecar.dll");
        if (!File.Exists(program)) throw new BenchException("Build the sidecar first: dotnet build -c Release sidecar/Sidecar");
        await LaunchAsync(
            "dotnet", [program, "serve", "--Dicom:Ports:0", $"{Port}", "--Dicom:Ports:1", $"{FreePort()}", "--Web:Port", $"{FreePort()}", "--Viewer:Enabled", "false"],
            new Dictionary<string, string> { ["WORKLIST_DB_PATH"] = path, ["DOTNET_GCgen0size"] = "0x400000" }, // as compose/up does
            cancellationToken);
    }
}
