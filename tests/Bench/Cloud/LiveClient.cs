using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Gantry.Bench.Cloud;

/// <summary>A browser's event stream that notes when each event came, and whether the numbers grow.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly HttpClient _browser;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, (long At, long Position)> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0);
    private Task _reading = Task.CompletedTask;

    private LiveClient(HttpClient browser) => _browser = browser;

    public int Count => _seen.Count;

    /// <summary>Events that came twice, or with a number that is not larger than the one before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Opens a stream and returns when the cloud has said that it is connected.</summary>
    public static async Task<LiveClient> OpenAsync(CloudApp cloud, System.Net.CookieContainer cookies, string path, CancellationToken cancellationToken)
    {
        var browser = cloud.Browser(cookies);
        browser.Timeout = Timeout.InfiniteTimeSpan;
        var client = new LiveClient(browser);
        var reader = new StreamReader(await browser.GetStreamAsync(new Uri(path, UriKind.Relative), cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // "connected", which is told first
        }

        client._reading = Task.Run(() => client.ReadAsync(reader), CancellationToken.None);
        return client;
    }

    /// <summary>The statuses of a clinic: named "APPOINTMENT STATE".</summary>
    public static Task<LiveClient> StatusesAsync(CloudApp cloud, System.Net.CookieContainer cookies, Guid clinic, CancellationToken cancellationToken) =>
        OpenAsync(cloud, cookies, $"/api/clinic/{clinic}/statuses/stream", cancellationToken);

    /// <summary>When it came and its number; null if it did not come.</summary>
    public (long At, long Position)? Seen(string name) => _seen.TryGetValue(name, out var seen) ? seen : null;

    public async Task UntilAsync(int count, CancellationToken cancellationToken)
    {
        while (Count < count) await _news.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _browser.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _news.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        long position = 0, last = 0;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) position = long.Parse(line.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture);
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            var at = TimeProvider.System.GetTimestamp();
            using var data = JsonDocument.Parse(line.AsMemory(6));
            var root = data.RootElement;
            var name = root.GetProperty("type").GetString() == "status_change"
                ? $"{root.GetProperty("appointment_id").GetString()} {root.GetProperty("state").GetString()}" : root.GetProperty("sop_instance_uid").GetString()!;
            if (position <= last || !_seen.TryAdd(name, (at, position))) Repeated++;
            last = position;
            _news.Release();
        }
    }
}
