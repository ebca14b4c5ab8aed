using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Sidecar.Hosting;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Gantry.Sidecar.Tests.Hosting;

/// <summary>The whole gateway on free ports, with a worklist in a folder of its own.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private RunningGateway(WebApplication app, DirectoryInfo folder)
    {
        (_app, _folder) = (app, folder);
        Client = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    /// <summary>A browser at the gateway.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IWorklistStore Store => Services.GetRequiredService<IWorklistStore>();

    public DicomListenerService Listener => Services.GetRequiredService<DicomListenerService>();

    /// <summary>Starts one.</summary>
    /// <param name="arguments">Settings as <c>Section:Key=value</c>.</param>
    public static Task<RunningGateway> StartAsync(params string[] arguments) => StartAsync(null, arguments);

    /// <summary>Starts one.</summary>
    /// <param name="replace">Changes services before anything is built.</param>
    /// <param name="arguments">Settings as <c>Section:Key=value</c>.</param>
    public static async Task<RunningGateway> StartAsync(Action<IServiceCollection>? replace, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-host-");
        // Tests look again as fast as they can, which no client should
        string[] own =
        [
            "--Web:RequestsPerMinute=0", "--Dicom:Ports=0", "--Dicom:BindAddresses=127.0.0.1", "--Web:Port=0", "--Web:BindAddresses=127.0.0.1",
            "--Orthanc:Enabled=false", "--Viewer:Enabled=false", "--Logging:LogLevel:Default=Error", $"--Worklist:DatabasePath={Path.Combine(folder.FullName, "worklist.db")}",
        ];
        var layers = SettingsLayers.Build([.. own, .. arguments.Select(a => "--" + a)], folder.FullName, new Dictionary<string, string>());
        var app = await SidecarHost.BuildAsync(SettingsBinder.Bind(layers), layers, CancellationToken.None, replace);
        await app.StartAsync();
        return new(app, folder);
    }

    /// <summary>The JSON of a path, whatever the status.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
