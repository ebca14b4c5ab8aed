using System.Globalization;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>A gateway with the demo orders, and the options that lead a command to it.</summary>
internal sealed class Ward : IAsyncDisposable
{
    private Ward(RunningGateway gateway) => Gateway = gateway;

    public RunningGateway Gateway { get; }

    /// <summary>-H and -p of its DICOM listener.</summary>
    public string[] Address =>
        ["-H", "127.0.0.1", "-p", Gateway.Listener.EndPoints[0].Port.ToString(CultureInfo.InvariantCulture)];

    /// <summary>The file of its worklist.</summary>
    public string DatabasePath => Gateway.Services.GetRequiredService<SidecarSettings>().Worklist.DatabasePath;

    public static async Task<Ward> OpenAsync(params string[] settings) =>
        new(await RunningGateway.StartAsync([.. settings, "Demo:Enabled=true"]));

    /// <summary>The order as the store has it.</summary>
    public async Task<WorklistItem> OrderAsync(string accession) =>
        (await Gateway.Store.GetAsync(accession, CancellationToken.None))!;

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
