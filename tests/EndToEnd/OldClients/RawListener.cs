using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>A listener of before: its control channel hears of senders, whom it meets at the address that it is told.</summary>
internal sealed class RawListener : IAsyncDisposable
{
    private readonly ClientWebSocket _control;
    private readonly Func<JsonElement, string> _answer;
    private readonly Task _listening;

    public RawListener(ClientWebSocket control, Func<JsonElement, string> answer)
    {
        (_control, _answer) = (control, answer);
        _listening = ListenAsync();
    }

    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _control.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        await _listening;
        _control.Dispose();
    }

    private async Task ListenAsync()
    {
        while (await RawClient.HearAsync(_control, Timeout.InfiniteTimeSpan) is { } text)
        {
            if (JsonDocument.Parse(text).RootElement.TryGetProperty("accept", out var accept))
                await MeetAsync(new Uri(accept.GetProperty("address").GetString()!));
        }
    }

    private async Task MeetAsync(Uri rendezvous)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(rendezvous, CancellationToken.None);
        if (await RawClient.HearAsync(socket) is not { } message)
            return;
        Heard.Enqueue(message);
        await RawClient.SayAsync(socket, _answer(JsonDocument.Parse(message).RootElement));
        // The sender closes when it has its reply
        await RawClient.HearAsync(socket);
    }
}
