using System.Net;
using System.Net.Security;

namespace Gantry.Relay;

/// <summary>A hybrid connection and the way to it. The same for listener and sender, for Azure and the embedded relay.</summary>
public sealed record RelayEndpoint
{
    /// <summary>The relay: wss://contoso.servicebus.windows.net, or ws://localhost:8000 for the embedded one. Scheme ws or wss.</summary>
    public required Uri Namespace { get; init; }

    /// <summary>The hybrid connection's name, without a leading slash. May have several segments.</summary>
    public required string Path { get; init; }

    /// <summary>Where tokens come from. A listener needs the Listen right; a sender, and a listener's echo, the Send right.</summary>
    public required IRelayTokenProvider Tokens { get; init; }

    /// <summary>TLS details: own certificate authorities, client certificate. Null takes the machine's.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>HTTP proxy. Null takes the machine's (HTTPS_PROXY, NO_PROXY); a loopback relay is always reached directly.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>For name, TCP connection and TLS together. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often an idle WebSocket is pinged. Default 30 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pong may take before the WebSocket counts as dead. Default 20 s.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What tokens are made out for: http://NAMESPACE/PATH, as the shared access signature has it.</summary>
    public string Audience => $"http://{Namespace.Authority}/{Path}";

    /// <summary>
    /// Reads a namespace as people write it in settings: "contoso", "contoso.servicebus.windows.net",
    /// "sb://contoso.servicebus.windows.net/", "ws://localhost:8000", "https://gantry.example".
    /// </summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static Uri ParseNamespace(string text)
    {
        var trimmed = text.Trim().TrimEnd('/');
        if (!trimmed.Contains("://", StringComparison.Ordinal))
            trimmed = $"wss://{trimmed}{(trimmed.AsSpan().IndexOfAny('.', ':') < 0 && trimmed != "localhost" ? ".servicebus.windows.net" : "")}";
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.PathAndQuery != "/")
            throw new FormatException("A relay namespace is a host name such as contoso.servicebus.windows.net, or an address such as ws://localhost:8000.");
        var scheme = uri.Scheme switch
        {
            "ws" or "http" => "ws",
            "wss" or "https" or "sb" => "wss",
            _ => throw new FormatException("A relay namespace's address begins with wss:// or ws:// (or https://, http://, sb://)."),
        };
        return new Uri($"{scheme}://{uri.Authority}");
    }

    /// <summary>The address for an action ("listen" or "connect"), token included: never to be logged.</summary>
    internal Uri AddressFor(string action, string token, string? id = null)
    {
        var path = string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));
        var trace = id is null ? "" : $"&sb-hc-id={Uri.EscapeDataString(id)}";
        return new Uri($"{Namespace.Scheme}://{Namespace.Authority}/$hc/{path}?sb-hc-action={action}{trace}&sb-hc-token={Uri.EscapeDataString(token)}");
    }

    /// <summary>Without the token provider.</summary>
    public override string ToString() => $"{Namespace.Authority}/{Path}";
}
