namespace Gantry.Relay;

/// <summary>WebSocket sub-protocols by which the two ends of a relayed connection agree on more than the contract says.</summary>
internal static class SubProtocols
{
    /// <summary>
    /// More than one message on a connection, each answered before the next. A sender asks for it; a listener that does not know it does
    /// not name it back, and gets a connection for each message.
    /// </summary>
    public const string ManyMessages = "gantry.messages";

    /// <summary>What an accepting listener names of all that a sender asks for; null for nothing.</summary>
    public static string? Answer(string? asked)
    {
        var names = asked?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return names.Contains(ManyMessages) ? ManyMessages : names.FirstOrDefault();
    }
}
