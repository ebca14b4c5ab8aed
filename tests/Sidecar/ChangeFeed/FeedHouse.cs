using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Sidecar.ChangeFeed;
using Gantry.Sidecar.Tests.Archive;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.ChangeFeed;

/// <summary>A real Orthanc, and a gateway before it that can be stopped and started again on the same worklist.</summary>
internal sealed class FeedHouse : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-feed-");
    private RunningGateway? _gateway;

    public OrthancProcess Orthanc { get; } = new();

    public OrthancClient Client { get; private set; } = null!;

    public HttpClient Browser => _gateway!.Client;

    public IWorklistStore Store => _gateway!.Store;

    public static async Task<FeedHouse> StartAsync(params string[] settings)
    {
        var house = await StartOrthancAsync();
        await house.StartGatewayAsync(settings);
        return house;
    }

    /// <summary>Orthanc alone, before the gateway's first start.</summary>
    public static async Task<FeedHouse> StartOrthancAsync()
    {
        var house = new FeedHouse();
        await house.Orthanc.StartAsync();
        house.Client = Clients.Of(house.Orthanc);
        return house;
    }

    public async Task StartGatewayAsync(params string[] settings)
    {
        _gateway = await RunningGateway.StartAsync(
        [
            .. ArchiveHouse.Settings(Orthanc), $"Worklist:DatabasePath={_folder.FullName}/kept.db", "ChangeFeed:PollInterval=00:00:00.100",
            // What is for the cloud stays in the outbox, where it can be looked at
            "Relay:Namespace=ws://127.0.0.1:9", "Relay:SharedAccessKey=a2V5", "Forwarding:Paused=true", .. settings,
        ]);
        await UntilAsync(status => status.TryGetProperty("position", out _) && !status.TryGetProperty("outage", out _));
    }

    public async Task StopGatewayAsync()
    {
        await _gateway!.DisposeAsync();
        _gateway = null;
    }

    /// <summary>Waits until the status is so.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var status = await Browser.GetFromJsonAsync<JsonElement>("/api/orthanc/sync-status", patience.Token);
            if (isSo(status))
                return status;
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The status stayed {status}");
            }
        }
    }

    public Task UntilReadAsync() => UntilAsync(status => status.TryGetProperty("behind", out var behind) && behind.GetInt64() == 0);

    /// <summary>All images that wait for the cloud, in the order of each exam; takes them out.</summary>
    public async Task<IReadOnlyList<ImageArrival>> ArrivalsAsync()
    {
        var arrivals = new List<ImageArrival>();
        while (await Store.TakeOutboxAsync(OutboxTarget.Cloud, 100, TimeSpan.FromMinutes(1), default) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Assert.Equal(ImageArrival.Kind, entry.Kind);
                arrivals.Add(ImageArrival.Parse(entry.Payload.Span));
                Assert.Equal(arrivals[^1].OrderKey, entry.OrderKey);
                await Store.MarkDeliveredAsync(entry.Id, default);
            }
        }
        return arrivals;
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
            await StopGatewayAsync();
        await Orthanc.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
