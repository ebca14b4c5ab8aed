using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>
/// A program of before: speaks to the relay by the public protocol guide and contracts.md sections 4 and 5 with .NET's
/// ClientWebSocket alone. Nothing in here knows Gantry.Relay or Gantry.Contracts.
/// </summary>
internal sealed class RawClient(GantrySystem system, string path)
{
    /// <summary>Cloud to gateway: hybrid connection 1.</summary>
    public const string Actions = "gateway-actions";

    /// <summary>Gateway to cloud: hybrid connection 2.</summary>
    public const string Events = "gateway-events";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string Host => $"localhost:{system.Ports.Cloud}";

    private string Key => File.ReadAllText(Path.Combine(system.Data, "secrets", "relay")).Trim();

    /// <summary>A token as contracts.md section 5 writes it.</summary>
    /// <param name="expiry">Its end.</param>
    /// <param name="key">Another key than the right one.</param>
    /// <param name="audience">Another hybrid connection than the one that is called.</param>
    public string Token(DateTimeOffset expiry, string? key = null, string? audience = null)
    {
        var resource = Uri.EscapeDataString($"http://{Host}/{audience ?? path}");
        var end = expiry.ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key ?? Key), Encoding.UTF8.GetBytes($"{resource}\n{end}"));
        return $"SharedAccessSignature sr={resource}&sig={Uri.EscapeDataString(Convert.ToBase64String(signature))}&se={end}&skn=gantry";
    }

    /// <summary>Sends one message and hears its one reply.</summary>
    public async Task<JsonElement> SendAsync(string message) => JsonDocument.Parse(await AskAsync(message)).RootElement;

    /// <summary>The same, the reply as it came.</summary>
    public async Task<string> AskAsync(string message)
    {
        using var socket = await OpenAsync("connect", Token(TimeProvider.System.GetUtcNow().AddMinutes(5)));
        await SayAsync(socket, message);
        return await HearAsync(socket) ?? throw new InvalidOperationException($"Closed without a reply: {socket.CloseStatus} {socket.CloseStatusDescription}");
    }

    /// <summary>Tries to open a connection; the result is the HTTP status of the refusal.</summary>
    public async Task<int> RefusedAsync(string action, string? token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(action, token), CancellationToken.None).WaitAsync(Patience));
        return (int)socket.HttpStatusCode;
    }

    /// <summary>Sends bytes of a message that never ends, until the other side has enough; the result is how many it took, and its word at the end.</summary>
    public async Task<(long Sent, string? LastWord)> FloodAsync(long most)
    {
        using var socket = await OpenAsync("connect", Token(TimeProvider.System.GetUtcNow().AddMinutes(5)));
        var chunk = new byte[16 << 10];
        chunk.AsSpan().Fill((byte)' ');
        var hearing = HearAsync(socket);
        long sent = 0;
        try
        {
            while (sent < most && !hearing.IsCompleted)
            {
                await socket.SendAsync(chunk, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None).WaitAsync(Patience);
                sent += chunk.Length;
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            // The other side has closed
        }
        return (sent, await hearing);
    }

    /// <summary>Listens; every message is answered by the function.</summary>
    public async Task<RawListener> ListenAsync(Func<JsonElement, string> answer) =>
        new(await OpenAsync("listen", Token(TimeProvider.System.GetUtcNow().AddMinutes(5))), answer);

    private async Task<ClientWebSocket> OpenAsync(string action, string token)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Address(action, token), CancellationToken.None).WaitAsync(Patience);
        return socket;
    }

    private Uri Address(string action, string? token) => new(
        $"ws://{Host}/$hc/{path}?sb-hc-action={action}&sb-hc-id={Guid.NewGuid()}{(token is null ? "" : $"&sb-hc-token={Uri.EscapeDataString(token)}")}");

    internal static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next message; null when the other side closes, or is gone.</summary>
    internal static async Task<string?> HearAsync(ClientWebSocket socket, TimeSpan? patience = null)
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 << 10];
        try
        {
            while (true)
            {
                var piece = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(patience ?? Patience);
                if (piece.MessageType == WebSocketMessageType.Close)
                    return null;
                message.Write(buffer, 0, piece.Count);
                if (piece.EndOfMessage)
                    return Encoding.UTF8.GetString(message.ToArray());
            }
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            return null;
        }
    }
}
