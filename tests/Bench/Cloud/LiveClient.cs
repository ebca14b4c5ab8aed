using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Gantry.Bench.Cloud;

/// <summary>A browser's event stream that notes when each event came, and whether the numbers grow.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly HttpClient _browser;
    private readonly string _path;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, (long At, long Position)> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _news = new(0);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private long _last;

    private LiveClient(HttpClient browser, string path) => (_browser, _path) = (browser, path);

    public int Count => _seen.Count;

    /// <summary>Events that came twice, or with a number that is not larger than the one before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Times the cloud has ended the stream.</summary>
    public int Ended { get; private set; }

    /// <summary>Opens a stream and returns when the cloud has said that it is connected.</summary>
    public static async Task<LiveClient> OpenAsync(CloudApp cloud, System.Net.CookieContainer cookies, string path, CancellationToken cancellationToken)
    {
        var browser = cloud.Browser(cookies);
        browser.Timeout = Timeout.InfiniteTimeSpan;
        var client = new LiveClient(browser, path);
        var first = await client.ConnectAsync(cancellationToken);
        client._reading = Task.Run(() => client.ReadAsync(first), CancellationToken.None);
        await client._connected.Task.WaitAsync(cancellationToken);
        return client;
    }

    /// <summary>As a browser does it: after a lost connection it says what it has seen.</summary>
    private async Task<StreamReader> ConnectAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _path);
        if (_last > 0) request.Headers.Add("Last-Event-ID", _last.ToString(CultureInfo.InvariantCulture));
        var answer = await _browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
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

    private async Task ReadAsync(StreamReader stream)
    {
        for (long position = 0; !_stop.IsCancellationRequested; Ended++, stream = await ConnectAsync(_stop.Token))
        {
            while (await stream.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal)) position = long.Parse(line.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture);
                if (line.StartsWith("data: ", StringComparison.Ordinal)) Note(line.AsMemory(6), position);
            }
        }
    }

    private void Note(ReadOnlyMemory<char> payload, long position)
    {
        var at = TimeProvider.System.GetTimestamp();
        using var data = JsonDocument.Parse(payload);
        var root = data.RootElement;
        var type = root.GetProperty("type").GetString();
        if (type == "connected")
        {
            _connected.TrySetResult();
            return;
        }

        var name = type == "status_change" ? $"{root.GetProperty("appointment_id").GetString()} {root.GetProperty("state").GetString()}"
            : root.GetProperty("sop_instance_uid").GetString()!;
        if (position <= _last || !_seen.TryAdd(name, (at, position))) Repeated++;
        _last = position;
        _news.Release();
    }
}
