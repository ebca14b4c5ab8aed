namespace Gantry.Relay.Embedded;

/// <summary>What a key's holder may do, as in Azure Relay.</summary>
[Flags]
public enum RelayRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Be a listener.</summary>
    Listen = 1,

    /// <summary>Be a sender.</summary>
    Send = 2,
}

/// <summary>A shared access key.</summary>
/// <param name="Name">The skn of tokens signed with it.</param>
/// <param name="Key">The secret.</param>
/// <param name="Rights">What its holder may do.</param>
public sealed record RelayKey(string Name, string Key, RelayRights Rights)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Name} ({Rights})";
}

/// <summary>A hybrid connection of the embedded relay.</summary>
public sealed record HybridConnectionDefinition
{
    /// <summary>Its name, without a leading slash.</summary>
    public required string Path { get; init; }

    /// <summary>Keys good for this hybrid connection only, beside those of the relay.</summary>
    public IReadOnlyList<RelayKey> Keys { get; init; } = [];

    /// <summary>False lets senders in without a token. Default true.</summary>
    public bool RequireSenderToken { get; init; } = true;
}

/// <summary>Says until when a bearer token confers a right on a hybrid connection; null when it does not.</summary>
/// <param name="token">Without the word Bearer.</param>
/// <param name="path">The hybrid connection.</param>
/// <param name="right">The right asked for.</param>
/// <param name="cancellationToken">The client left.</param>
public delegate ValueTask<DateTimeOffset?> BearerTokenCheck(string token, string path, RelayRights right, CancellationToken cancellationToken);

/// <summary>How the embedded relay behaves. The limits hold for each hybrid connection.</summary>
public sealed class EmbeddedRelayOptions
{
    /// <summary>Keys good for every hybrid connection.</summary>
    public IList<RelayKey> Keys { get; } = [];

    /// <summary>The hybrid connections there are from the start; more by <see cref="EmbeddedRelay.Define"/>.</summary>
    public IList<HybridConnectionDefinition> HybridConnections { get; } = [];

    /// <summary>Checks bearer tokens; null refuses them all.</summary>
    public BearerTokenCheck? CheckBearer { get; set; }

    /// <summary>
    /// Where listeners reach this relay, such as wss://gantry.example. Null: where each of them reached it for its
    /// registration, which is right unless a proxy changes host or scheme without saying so.
    /// </summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>Listeners at once. Default 25, as Azure has it.</summary>
    public int MaximumListeners { get; set; } = 25;

    /// <summary>Senders at once, joined or waiting; more get 503. Default 2,000.</summary>
    public int MaximumConnections { get; set; } = 2000;

    /// <summary>Longest message relayed, in bytes; a longer one ends the connection with 1009. Default 16 MiB.</summary>
    public long MaximumMessageLength { get; set; } = 16 << 20;

    /// <summary>Messages relayed per connection in one direction; more end it with 1008. Default 1,000.</summary>
    public int MaximumMessages { get; set; } = 1000;

    /// <summary>How long a sender waits for a listener to come. Default 30 s.</summary>
    public TimeSpan RendezvousTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a joined connection may be silent. Default 2 min.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an idle WebSocket is pinged. Default 30 s.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pong may take. Default 20 s.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
