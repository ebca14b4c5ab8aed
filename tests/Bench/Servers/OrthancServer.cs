using System.Text.Json;

namespace Gantry.Bench.Servers;

/// <summary>Orthanc with its own worklist plugin.</summary>
internal sealed class OrthancServer(string folder, int items) : WorklistServer("Orthanc plugin", folder)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await WorklistFiles.WriteAsync(Path.Combine(Folder, "worklists"), items, cancellationToken);
        var configuration = Path.Combine(Folder, "bench.json");
        await using (var file = File.Create(configuration))
        {
            await using var json = new Utf8JsonWriter(file);
            json.WriteStartObject();
            json.WriteString("StorageDirectory", Folder);
            json.WriteString("IndexDirectory", Folder);
            json.WriteNumber("DicomPort", Port);
            json.WriteNumber("HttpPort", FreePort());
            json.WriteBoolean("DicomAlwaysAllowFindWorklist", true);
            json.WriteBoolean("DicomCheckCalledAet", false);
            json.WriteStartArray("Plugins");
            json.WriteStringValue("/usr/share/orthanc/plugins/libModalityWorklists.so");
            json.WriteEndArray();
            json.WriteStartObject("Worklists");
            json.WriteBoolean("Enable", true);
            json.WriteString("Database", Path.Combine(Folder, "worklists"));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await LaunchAsync("Orthanc", [configuration], new Dictionary<string, string>(), cancellationToken);
    }
}
