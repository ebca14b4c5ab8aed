using System.Text.Json;
using Gantry.Bench.Servers;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Bench.Cloud;

/// <summary>Orthanc with the web hook of this repository, or without.</summary>
/// <param name="folder">Where it keeps everything.</param>
/// <param name="hook">Port of the gateway's pages; null is no hook.</param>
/// <param name="plugins">Plugins to load, as JSON strings.</param>
internal sealed class Archive(string folder, int? hook, string plugins = "") : WorklistServer("Orthanc", folder)
{
    private readonly int _httpPort = FreePort();

    public OrthancClient Client { get; private set; } = null!;

    /// <summary>REST and DICOMweb.</summary>
    public int HttpPort => _httpPort;

    /// <summary>The settings that lead a gateway here.</summary>
    public string[] Settings => [$"--Orthanc:Url=http://127.0.0.1:{_httpPort}", $"--Orthanc:DicomPort={Port}"];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var configuration = Path.Combine(Folder, "bench.json");
        await File.WriteAllTextAsync(configuration, $$"""
            { "StorageDirectory": {{Json(Folder)}}, "IndexDirectory": {{Json(Folder)}}, "DicomPort": {{Port}}, "HttpPort": {{_httpPort}}, "AuthenticationEnabled": false, "HttpCompressionEnabled": false, "Plugins": [{{plugins}}],
              "LuaScripts": [{{(hook is null ? "" : Json(Path.Combine(BenchOptions.RepositoryRoot(), "orthanc", "new-instance.lua")))}}],
              "Gantry": { "WebHook": "http://127.0.0.1:{{hook}}/api/orthanc/new-instance" } }
            """, cancellationToken);
        await LaunchAsync("Orthanc", [configuration], new Dictionary<string, string>(), cancellationToken);
        var options = new OrthancClientOptions { BaseAddress = new($"http://127.0.0.1:{_httpPort}") };
        Client = new(new HttpClient(OrthancRegistration.CreateHandler(options)), options);
    }

    /// <summary>Stores exams of four images each; tells their SOP Instance UIDs with the time when each was stored.</summary>
    public async Task<List<(string Uid, long StoredAt)>> StoreAsync(int images, int side, TimeSpan pause, CancellationToken cancellationToken)
    {
        var stored = new List<(string, long)>(images);
        var image = new SyntheticImage { Rows = side, Columns = side };
        for (var i = 0; i < images; i++, image = i % 4 == 0 ? new SyntheticImage { Rows = side, Columns = side } : image.Next())
        {
            await image.UploadAsync(Client);
            stored.Add((image.SopInstanceUid, TimeProvider.System.GetTimestamp()));
            if (pause > TimeSpan.Zero) await Task.Delay(pause, cancellationToken);
        }

        return stored;
    }

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
