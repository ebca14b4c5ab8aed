using Microsoft.Extensions.Logging;

namespace Gantry.Relay;

/// <summary>All that Gantry.Relay logs; event ids 5000 to 5999. Paths, ids and reasons, never tokens, addresses or messages.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Listening on hybrid connection {Path}")]
    public static partial void ListenerRegistered(this ILogger logger, string path);

    [LoggerMessage(5001, LogLevel.Warning, "Not listening on hybrid connection {Path}: failed in phase {Phase}: {Reason} Trying again in {Seconds:F1} s")]
    public static partial void ListenerLost(this ILogger logger, string path, RelayPhase phase, string reason, double seconds);

    [LoggerMessage(5002, LogLevel.Information, "Stopped listening on hybrid connection {Path}")]
    public static partial void ListenerStopped(this ILogger logger, string path);

    [LoggerMessage(5003, LogLevel.Debug, "Token for hybrid connection {Path} renewed, good until {End}")]
    public static partial void TokenRenewed(this ILogger logger, string path, DateTimeOffset end);

    [LoggerMessage(5004, LogLevel.Warning, "Token for hybrid connection {Path} could not be renewed: {Error}")]
    public static partial void TokenNotRenewed(this ILogger logger, string path, string error);

    [LoggerMessage(5005, LogLevel.Warning, "The link of hybrid connection {Path} is open but dead: {Reason} Registering again")]
    public static partial void ZombieFound(this ILogger logger, string path, string reason);

    [LoggerMessage(5006, LogLevel.Warning, "A control message was not understood and ignored")]
    public static partial void ControlMessageIgnored(this ILogger logger);

    [LoggerMessage(5010, LogLevel.Warning, "Connection {Id} not taken: its rendezvous address is no WebSocket's, or in the clear while the relay is behind TLS")]
    public static partial void RendezvousAddressRefused(this ILogger logger, string id);

    [LoggerMessage(5011, LogLevel.Information, "Connection {Id} rejected with {Status}: {Reason}")]
    public static partial void VisitRejected(this ILogger logger, string id, int status, string reason);

    [LoggerMessage(5012, LogLevel.Warning, "Connection {Id} failed in phase {Phase}: {Reason}")]
    public static partial void VisitFailed(this ILogger logger, string id, RelayPhase phase, string reason);

    [LoggerMessage(5013, LogLevel.Warning, "Connection {Id} cut short because the listener stops")]
    public static partial void VisitCutShort(this ILogger logger, string id);

    [LoggerMessage(5014, LogLevel.Warning, "Connection {Id}: message longer than {Limit} bytes refused")]
    public static partial void MessageTooLong(this ILogger logger, string id, int limit);

    [LoggerMessage(5015, LogLevel.Error, "Connection {Id}: the handler failed with {Error} at {Place}")]
    public static partial void HandlerFailed(this ILogger logger, string id, string error, string? place);

    [LoggerMessage(5100, LogLevel.Information, "Relay: a listener came to {Path}, {Count} now")]
    public static partial void ListenerCame(this ILogger logger, string path, int count);

    [LoggerMessage(5101, LogLevel.Information, "Relay: a listener left {Path} ({Status} {Reason})")]
    public static partial void ListenerLeft(this ILogger logger, string path, int status, string reason);

    [LoggerMessage(5102, LogLevel.Debug, "Relay: a listener of {Path} renewed its token, good until {End}")]
    public static partial void ListenerRenewed(this ILogger logger, string path, DateTimeOffset end);

    [LoggerMessage(5103, LogLevel.Debug, "Relay: joined a sender and a listener of {Path} ({TrackingId})")]
    public static partial void Joined(this ILogger logger, string path, string trackingId);

    [LoggerMessage(5104, LogLevel.Information, "Relay: answered {Status} {Reason} ({TrackingId})")]
    public static partial void RelayRefused(this ILogger logger, int status, string reason, string trackingId);
}
