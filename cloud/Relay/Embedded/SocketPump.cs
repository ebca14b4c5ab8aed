using System.Buffers;
using System.Net.WebSockets;

namespace Gantry.Relay.Embedded;

/// <summary>
/// Carries messages between two joined WebSockets, piece by piece as they come. The next piece is read when the last one was
/// taken, so a slow reader slows its writer, and memory is one buffer per direction.
/// </summary>
internal sealed class SocketPump(WebSocket sender, WebSocket listener, EmbeddedRelayOptions options, TimeProvider time)
{
    private const int BufferLength = 16 << 10;

    /// <summary>How long one side may go on when the other has closed, in real time.</summary>
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(10);

    /// <summary>How long the rest of what is too much is read and dropped, in real time.</summary>
    private static readonly TimeSpan DropPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs until both directions have ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(options.IdleTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        var there = CopyAsync(sender, listener, idle, end.Token);
        var back = CopyAsync(listener, sender, idle, end.Token);
        await Task.WhenAny(there, back);
        end.CancelAfter(GoodbyePatience);
        await Task.WhenAll(there, back);
    }

    private async Task CopyAsync(WebSocket from, WebSocket to, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            long length = 0;
            var messages = 0;
            while (true)
            {
                var piece = await from.ReceiveAsync(buffer.AsMemory(0, BufferLength), cancellationToken);
                if (piece.MessageType == WebSocketMessageType.Close)
                {
                    var status = from.CloseStatus is { } given and not WebSocketCloseStatus.Empty ? given : WebSocketCloseStatus.NormalClosure;
                    await WebSocketClosing.SayAsync(to, status, from.CloseStatusDescription ?? "", cancellationToken);
                    return;
                }
                idle.CancelAfter(options.IdleTimeout);
                length += piece.Count;
                if (length > options.MaximumMessageLength)
                {
                    await EndAsync(WebSocketCloseStatus.MessageTooBig, $"A message is longer than {options.MaximumMessageLength} bytes.");
                    return;
                }
                await to.SendAsync(buffer.AsMemory(0, piece.Count), piece.MessageType, piece.EndOfMessage, cancellationToken);
                if (!piece.EndOfMessage)
                    continue;
                length = 0;
                if (++messages > options.MaximumMessages)
                {
                    await EndAsync(WebSocketCloseStatus.PolicyViolation, $"More than {options.MaximumMessages} messages on one connection.");
                    return;
                }
            }
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            // One side broke off: the other learns that nothing more will come
            await WebSocketClosing.SayAsync(to, WebSocketCloseStatus.EndpointUnavailable, "The other side left.", CancellationToken.None);
            from.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async Task EndAsync(WebSocketCloseStatus status, string reason)
        {
            await WebSocketClosing.SayAsync(from, status, reason, cancellationToken);
            await WebSocketClosing.SayAsync(to, status, reason, cancellationToken);
            // What the writer still sends is dropped, since it reads the reason only when it is through
            using var patience = new CancellationTokenSource(DropPatience);
            while ((await from.ReceiveAsync(buffer.AsMemory(0, BufferLength), patience.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
    }
}
