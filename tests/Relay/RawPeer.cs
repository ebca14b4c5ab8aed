using System.Net.WebSockets;
using System.Text;

namespace Gantry.Relay.Tests;

/// <summary>One end of a WebSocket, played by the test: says and hears text.</summary>
internal sealed class RawPeer(WebSocket socket, string asked = "", Action? closed = null) : IDisposable
{
    /// <summary>What the other side asked for: path and query as sent.</summary>
    public string Asked => asked;

    public WebSocket Socket => socket;

    /// <summary>Connects as a client that knows nothing of ours.</summary>
    public static async Task<RawPeer> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(address, CancellationToken.None).Soon();
        return new(socket);
    }

    /// <summary>Tries to connect, and gives the HTTP status of the refusal.</summary>
    public static async Task<int> RefusedAsync(Uri address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None).Soon());
        return (int)socket.HttpStatusCode;
    }

    public Task SaysAsync(string text) => SaysAsync(Encoding.UTF8.GetBytes(text));

    public Task SaysAsync(byte[] text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(text, type, true, CancellationToken.None).Soon();

    /// <summary>The next message; a close is "close CODE REASON", a broken connection "gone".</summary>
    public async Task<string> HearsAsync()
    {
        try
        {
            var message = await WebSocketMessage.ReceiveAsync(socket, 64 << 20, CancellationToken.None).AsTask().Soon();
            return message.IsClose
                ? $"close {(int?)socket.CloseStatus} {socket.CloseStatusDescription}".TrimEnd()
                : Encoding.UTF8.GetString(message.Body.Span);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            return "gone";
        }
    }

    /// <summary>Says goodbye. When the other side has said so before, a server closes the connection as well.</summary>
    public async Task LeavesAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string reason = "")
    {
        await socket.CloseOutputAsync(status, reason, CancellationToken.None).Soon();
        if (socket.State == WebSocketState.Closed)
            closed?.Invoke();
    }

    /// <summary>Like a cable that is pulled out.</summary>
    public void BreaksOff() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
