using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Orthanc;

/// <summary>Orthanc's Lua hook in the started system: the sidecar knows at once, and its troubles are none of the modality's.</summary>
public sealed class WebHookTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private GantrySystem _system = null!;

    // Nobody looks by himself for an hour: what is known is known by the hook
    public async Task InitializeAsync() => _system = await GantrySystem.StartAsync(
        environment: new Dictionary<string, string> { ["ChangeFeed__PollInterval"] = "01:00:00" });

    [Fact]
    public async Task An_image_is_known_at_once_and_a_sidecar_that_hangs_or_is_dead_holds_up_no_image()
    {
        Assert.Equal(0, await SeenAsync());
        await StoreAsync();
        await UntilSeenAsync(1);

        await SignalAsync("STOP");
        for (var i = 0; i < 3; i++)
            await StoreAsync();
        await SignalAsync("CONT");
        using (await Http.PostAsync($"http://localhost:{_system.Ports.SidecarWeb}/api/orthanc/new-instance", null))
            await UntilSeenAsync(4);

        await SignalAsync("KILL");
        await StoreAsync();
    }

    public async Task DisposeAsync()
    {
        if (_system is not null)
            await _system.DisposeAsync();
    }

    private async Task SignalAsync(string signal) => (await Peer.ShellAsync($"kill -{signal} {_system.SidecarProcess}")).MustSucceed();

    /// <summary>By DCMTK's storescu, which is refused nothing and waits for nothing longer than it takes.</summary>
    private async Task StoreAsync()
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "CT", study, "HOOKED");
        (await Peer.RunAsync("storescu", ["-td", "5", "localhost", $"{_system.Ports.Archive}", image])).MustSucceed();
    }

    private async Task<long> SeenAsync() => (await Http.GetFromJsonAsync<JsonElement>(
        $"http://localhost:{_system.Ports.SidecarWeb}/api/orthanc/sync-status")).GetProperty("images_seen").GetInt64();

    private async Task UntilSeenAsync(long images)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await SeenAsync() < images)
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
