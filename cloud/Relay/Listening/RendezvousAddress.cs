namespace Gantry.Relay;

/// <summary>The address of an accept message: where the sender waits.</summary>
internal static class RendezvousAddress
{
    /// <summary>The address, if it is one that may be used: a WebSocket's, and not in the clear where the relay itself is behind TLS.</summary>
    public static Uri? TryParse(string? address, RelayEndpoint endpoint) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == "wss" || (uri.Scheme == "ws" && endpoint.Namespace.Scheme == "ws"))
            ? uri : null;

    /// <summary>What the sender put behind the hybrid connection's name.</summary>
    public static string Suffix(Uri address, RelayEndpoint endpoint)
    {
        var path = Uri.UnescapeDataString(address.AbsolutePath);
        var prefix = $"/$hc/{endpoint.Path}/";
        return path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? path[prefix.Length..] : "";
    }

    /// <summary>The address that rejects instead of accepting.</summary>
    public static Uri Rejecting(Uri address, RelayRejection rejection) =>
        new($"{address.AbsoluteUri}{(address.Query.Length == 0 ? '?' : '&')}sb-hc-statusCode={rejection.StatusCode}"
            + $"&sb-hc-statusDescription={Uri.EscapeDataString(WebSocketClosing.Fit(rejection.Reason))}");
}
