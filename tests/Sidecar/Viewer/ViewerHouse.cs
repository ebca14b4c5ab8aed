using System.Net;
using Gantry.Sidecar.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests.Viewer;

/// <summary>A gateway with its viewer's port open, a prepared viewer of a few small files, and before it an Orthanc that does as a test says.</summary>
internal sealed class ViewerHouse : IAsyncDisposable
{
    private readonly RunningGateway _gateway;
    private readonly WebApplication _orthanc;
    private readonly DirectoryInfo _folder;

    private ViewerHouse(RunningGateway gateway, WebApplication orthanc, DirectoryInfo folder)
    {
        (_gateway, _orthanc, _folder) = (gateway, orthanc, folder);
        Browser = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new(AddressesOf(gateway.Services)[1]) };
    }

    /// <summary>A browser at the viewer's port.</summary>
    public HttpClient Browser { get; }

    /// <summary>A browser at the port of the pages.</summary>
    public HttpClient Pages => _gateway.Client;

    public string Folder => _folder.FullName;

    /// <summary>Starts one.</summary>
    /// <param name="orthanc">What Orthanc answers.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<ViewerHouse> StartAsync(RequestDelegate orthanc, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        var archive = builder.Build();
        archive.Run(orthanc);
        await archive.StartAsync();
        var folder = Directory.CreateTempSubdirectory("gantry-viewer-");
        var gateway = await RunningGateway.StartAsync(
        [
            "Viewer:Enabled=true", "Viewer:Port=0", "Viewer:BindAddresses=127.0.0.1", $"Viewer:Folder={folder.FullName}/prepared",
            $"Orthanc:Url={AddressesOf(archive.Services)[0]}", "Orthanc:Username=gateway", "Orthanc:Password=secret", .. settings,
        ]);
        return new(gateway, archive, folder);
    }

    public static Task<ViewerHouse> StartAsync(params string[] settings) => StartAsync(_ => Task.CompletedTask, settings);

    public Task StopOrthancAsync() => _orthanc.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _gateway.DisposeAsync();
        await _orthanc.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string[] AddressesOf(IServiceProvider services) =>
        [.. services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
}
