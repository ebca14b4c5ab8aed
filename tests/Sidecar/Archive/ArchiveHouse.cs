using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Sidecar.Tests.Hosting;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>A real Orthanc with DICOMweb, and a gateway that knows it; tests bring patients and studies of their own.</summary>
public sealed class ArchiveHouse : IAsyncLifetime
{
    // Named one by one: Debian's folder may also hold plugins that crash
    private const string DicomWeb = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";

    internal OrthancProcess Orthanc { get; } = new() { Plugins = HasForeignProgram ? [] : [DicomWeb] };

    internal RunningGateway Gateway { get; private set; } = null!;

    internal OrthancClient Client { get; private set; } = null!;

    /// <summary>True if another Orthanc than the installed one is tested, which cannot load the installed plugin.</summary>
    internal static bool HasForeignProgram => Environment.GetEnvironmentVariable("ORTHANC_PROGRAM") is not null;

    /// <summary>The settings that lead to an Orthanc.</summary>
    internal static string[] Settings(OrthancProcess orthanc) =>
    [
        "Orthanc:Enabled=true", $"Orthanc:Url={orthanc.Address}", $"Orthanc:Username={OrthancProcess.Username}",
        $"Orthanc:Password={OrthancProcess.Password}", $"Orthanc:DicomPort={orthanc.DicomPort}", "Orthanc:AeTitle=TESTED", "Web:HealthCacheTime=00:00:00",
    ];

    public async Task InitializeAsync()
    {
        await Orthanc.StartAsync();
        Client = Clients.Of(Orthanc);
        Gateway = await RunningGateway.StartAsync(Settings(Orthanc));
    }

    public async Task DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await Orthanc.DisposeAsync();
    }

    internal async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}

/// <summary>Test classes that share one archive.</summary>
[CollectionDefinition(Name)]
public sealed class WithArchive : ICollectionFixture<ArchiveHouse>
{
    public const string Name = "One archive and its gateway";
}
