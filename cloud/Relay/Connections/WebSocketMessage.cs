using System.Buffers;
using System.Net.WebSockets;

namespace Gantry.Relay;

/// <summary>A whole WebSocket message, or how the other side ended instead.</summary>
internal readonly record struct WebSocketMessage(WebSocketMessageType Type, ReadOnlyMemory<byte> Body, bool IsTooLong)
{
    /// <summary>Bytes read at a time; what a message takes grows with what has come, not with what was announced.</summary>
    private const int Chunk = 4096;

    public bool IsClose => Type == WebSocketMessageType.Close;

    /// <summary>Reads the next message. One of more than <paramref name="limit"/> bytes is given up as soon as that is seen.</summary>
    public static async ValueTask<WebSocketMessage> ReceiveAsync(WebSocket socket, int limit, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(Chunk);
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.GetMemory(Chunk), cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
                return new(WebSocketMessageType.Close, default, false);
            buffer.Advance(result.Count);
            if (buffer.WrittenCount > limit)
                return new(result.MessageType, default, true);
            if (result.EndOfMessage)
                return new(result.MessageType, buffer.WrittenMemory, false);
        }
    }
}
