using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Gantry.Contracts;

namespace Gantry.Relay;

/// <summary>
/// The echoes a listener sends to itself. They are answered here and never reach the handler, which may not know what an
/// echo is.
/// </summary>
internal sealed class OwnEcho(TimeProvider time)
{
    /// <summary>Longer messages are no echo of ours, in bytes.</summary>
    private const int LongestEcho = 512;

    private readonly ConcurrentDictionary<string, byte[]> _pending = new(StringComparer.Ordinal);

    /// <summary>A new echo, expected until it is forgotten.</summary>
    public (string Id, byte[] Message) Begin()
    {
        var id = Guid.NewGuid().ToString();
        _pending[id] = Encoding.ASCII.GetBytes(id);
        var message = new GatewayAction.Echo(JsonSerializer.SerializeToElement(id, EchoJson.Default.String))
        {
            ActionId = id,
            Timestamp = time.GetUtcNow(),
            SourceSystem = "gantry-relay",
        };
        return (id, message.ToJson());
    }

    /// <summary>The echo is over.</summary>
    public void Forget(string id) => _pending.TryRemove(id, out _);

    /// <summary>The reply, if the message is an echo of ours.</summary>
    public ReadOnlyMemory<byte>? TryAnswer(ReadOnlyMemory<byte> message)
    {
        if (_pending.IsEmpty || message.Length > LongestEcho)
            return null;
        foreach (var (_, marker) in _pending)
        {
            if (message.Span.IndexOf(marker) >= 0 && GatewayAction.Parse(message.Span).Value is GatewayAction.Echo echo)
                return ActionReply.Echo(echo.Payload).ToJson();
        }
        return null;
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class EchoJson : System.Text.Json.Serialization.JsonSerializerContext;
