namespace Gantry.Relay;

/// <summary>How a <see cref="RelaySender"/> behaves.</summary>
public sealed record RelaySenderOptions
{
    /// <summary>Where to send.</summary>
    public required RelayEndpoint Endpoint { get; init; }

    /// <summary>For a listener to take the connection. Default 35 s: a little longer than the relay itself waits.</summary>
    public TimeSpan RendezvousTimeout { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>For the message to be taken and the reply to come. Default 60 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest message sent, in bytes. Default 4 MiB.</summary>
    public int MaximumMessageLength { get; init; } = 4 << 20;

    /// <summary>Longest reply taken, in bytes. Default 1 MiB.</summary>
    public int MaximumReplyLength { get; init; } = 1 << 20;

    /// <exception cref="ArgumentException">The message is longer than allowed.</exception>
    internal void CheckLength(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaximumMessageLength)
            throw new ArgumentException($"A message of {message.Length} bytes is longer than the {MaximumMessageLength} allowed.", nameof(message));
    }
}
