using System.Net.WebSockets;

namespace Gantry.Relay;

/// <summary>Ends of WebSockets that never throw: the other side may be gone already.</summary>
internal static class WebSocketClosing
{
    /// <summary>Longest reason a close frame holds, in bytes (RFC 6455 section 5.5: 125 less the two of the status).</summary>
    private const int LongestReason = 123;

    /// <summary>What the other side may still have under way, in bytes.</summary>
    private const int LongestLeftover = 1 << 20;

    /// <summary>Says goodbye without waiting for the answer.</summary>
    public static async Task SayAsync(WebSocket socket, WebSocketCloseStatus status, string reason, CancellationToken cancellationToken)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await socket.CloseOutputAsync(status, Fit(reason), cancellationToken);
        }
        catch (Exception exception) when (IsGone(exception))
        {
            socket.Abort();
        }
    }

    /// <summary>Says goodbye and waits until the other side has said so too, or until the time is over.</summary>
    public static async Task SayAndAwaitAsync(
        WebSocket socket, WebSocketCloseStatus status, string reason, TimeSpan patience, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        await SayAsync(socket, status, reason, deadline.Token);
        try
        {
            while (socket.State == WebSocketState.CloseSent && !(await WebSocketMessage.ReceiveAsync(socket, LongestLeftover, deadline.Token)).IsClose)
            {
                // Whatever was still under way is read and dropped
            }
        }
        catch (Exception exception) when (IsGone(exception))
        {
            socket.Abort();
        }
    }

    /// <summary>What the end of the other side, or of our patience, looks like.</summary>
    public static bool IsGone(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Printable ASCII that fits into a close frame or a reason phrase.</summary>
    public static string Fit(string reason) =>
        new([.. reason.Take(LongestReason).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
}
