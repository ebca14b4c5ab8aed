namespace Gantry.Relay;

/// <summary>A relay connection failed. Texts hold hosts, paths and numbers, never tokens or messages.</summary>
public sealed class RelayException : Exception
{
    /// <summary>A failure in a phase.</summary>
    /// <param name="phase">How far it had come.</param>
    /// <param name="reason">What happened, as a sentence.</param>
    /// <param name="inner">The cause below.</param>
    public RelayException(RelayPhase phase, string reason, Exception? inner = null)
        : base($"Relay failed to {Words(phase)}: {reason}", inner)
    {
        Phase = phase;
        Reason = reason;
    }

    /// <summary>How far it had come.</summary>
    public RelayPhase Phase { get; }

    /// <summary>What happened.</summary>
    public string Reason { get; }

    /// <summary>The HTTP status the relay (or, through it, the listener) refused the WebSocket with; null when it came otherwise.</summary>
    public int? StatusCode { get; init; }

    /// <summary>True when the other side simply did not answer in time.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>The phase in words, as in "failed to await reply".</summary>
    private static string Words(RelayPhase phase) => phase switch
    {
        RelayPhase.Resolve => "resolve",
        RelayPhase.Connect => "connect",
        RelayPhase.Tls => "set up TLS",
        RelayPhase.Authorize => "authorize",
        RelayPhase.Register => "register",
        RelayPhase.Rendezvous => "rendezvous",
        RelayPhase.AwaitMessage => "await message",
        RelayPhase.AwaitReply => "await reply",
    };
}
