namespace Gantry.Relay;

/// <summary>How a <see cref="RelayListener"/> behaves.</summary>
public sealed record RelayListenerOptions
{
    /// <summary>Where to listen.</summary>
    public required RelayEndpoint Endpoint { get; init; }

    /// <summary>Looks at a sender before its connection is taken; null for "take it". Default: takes all.</summary>
    public Func<RelayVisitor, RelayRejection?> Decide { get; init; } = static _ => null;

    /// <summary>Connections served at once. Default 64.</summary>
    public int MaximumConnections { get; init; } = 64;

    /// <summary>Connections that may wait for their turn; more are rejected with 503. Default 1024.</summary>
    public int MaximumWaiting { get; init; } = 1024;

    /// <summary>Longest message taken, in bytes; a longer one is refused with an error reply. Default 4 MiB.</summary>
    public int MaximumMessageLength { get; init; } = 4 << 20;

    /// <summary>For the relay to answer the registration. Default 30 s.</summary>
    public TimeSpan RegisterTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the rendezvous. Default 30 s, the longest that the relay keeps a sender waiting.</summary>
    public TimeSpan RendezvousTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a sender's message to come. Default 30 s.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a sender may keep its connection without a message, where it asked for that. Default 10 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections that may be kept so at once, beside those that are served; with more, each reply ends its connection. Default 1024.</summary>
    public int MaximumIdle { get; init; } = 1024;

    /// <summary>For the handler to find the reply. Default 60 s.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long before its end a token is renewed, but never later than half of its life. Default 5 min.</summary>
    public TimeSpan RenewBefore { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>First pause before registering again. Default 1 s; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause before registering again. Default 1 min.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Silence after which the listener sends itself an echo through the relay. Default 2 min; infinite: never.</summary>
    public TimeSpan EchoAfterSilence { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an echo may take. Default 30 s.</summary>
    public TimeSpan EchoTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
