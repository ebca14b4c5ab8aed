namespace Gantry.EndToEnd.Tests.Services;

/// <summary>
/// What compose/up gives the cloud's web app and the sidecar so that they find each other and the database. A second sidecar
/// stands for the web app: all that counts here is that it answers <c>/health</c>.
/// </summary>
public sealed class CloudWiringTests
{
    [Fact]
    public async Task The_cloud_gets_a_database_and_both_ends_of_the_relay_the_same_key()
    {
        var data = GantrySystem.NewFolder();
        var told = Path.Combine(data, "run", "told");
        var standIn = Path.Combine(GantrySystem.NewFolder(), "cloud");
        await File.WriteAllTextAsync(standIn, $$"""
            #!/usr/bin/env bash
            env >'{{told}}'
            Web__Port=${ASPNETCORE_URLS##*:} Dicom__Ports=0 WORKLIST_DB_PATH='{{data}}/run/stand-in.db' exec dotnet '{{GantrySystem.SidecarProgram}}'
            """);
        (await Peer.RunAsync("chmod", ["+x", standIn])).MustSucceed();
        var ports = Ports.Free();

        await using var system = await GantrySystem.StartAsync(data, ports, Parts.Cloud, more: ["--cloud", standIn]);

        Assert.Contains($"Open first: http://localhost:{ports.Cloud}", system.Output, StringComparison.Ordinal);
        var cloud = Read(await File.ReadAllTextAsync(told), '\n');
        var sidecar = Read(await File.ReadAllTextAsync($"/proc/{system.SidecarProcess}/environ"), '\0');
        foreach (var name in new[]
        {
            "AZURE_RELAY_KEY_NAME", "AZURE_RELAY_SHARED_ACCESS_KEY", "AZURE_RELAY_HYBRID_CONNECTION", "AZURE_RELAY_EVENTS_HYBRID_CONNECTION",
        })
        {
            Assert.NotEmpty(cloud[name]);
            Assert.Equal(cloud[name], sidecar[name]);
        }
        Assert.Equal($"ws://localhost:{ports.Cloud}", sidecar["AZURE_RELAY_NAMESPACE"]);
        Assert.Contains($"Port={ports.Postgres};Database=gantry_cloud;", cloud["ConnectionStrings__Cloud"], StringComparison.Ordinal);
        Assert.Equal("gantry", await new Psql(system).RunAsync("gantry_cloud", "SELECT current_user;"));
        // The cloud needs PostgreSQL; images and worklist do not move there for that
        Assert.Contains("4567", await new Sqlite3(system.WorklistDatabase).RunAsync("SELECT accession_number FROM worklist_items;"), StringComparison.Ordinal);
        Assert.Equal("", await new Psql(system).RunAsync("gantry_cloud", "SELECT datname FROM pg_database WHERE datname IN ('orthanc', 'worklist');"));

        Directory.Delete(Path.GetDirectoryName(standIn)!, recursive: true);
    }

    private static Dictionary<string, string> Read(string environment, char separator) => environment
        .Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0], pair => pair[1]);
}
