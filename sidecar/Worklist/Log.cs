using Microsoft.Extensions.Logging;

namespace Gantry.Worklist;

/// <summary>Every message this project logs, ids 2000 to 2999. None carries patient data.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Worklist store opened: {Engine} at {Place}, schema version {Version}")]
    public static partial void StoreOpened(ILogger logger, string engine, string place, int version);

    [LoggerMessage(2001, LogLevel.Information, "Worklist store brought to schema version {Version}: {What}")]
    public static partial void Migrated(ILogger logger, int version, string what);

    [LoggerMessage(2002, LogLevel.Error, "Worklist store: {Count} writes were not stored and are reported as failed: {Reason}")]
    public static partial void WriteGroupFailed(ILogger logger, int count, string reason);

    [LoggerMessage(2003, LogLevel.Error, "Worklist store: rolling back failed: {Reason}")]
    public static partial void RollbackFailed(ILogger logger, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Other gateways on this store are not told, or not heard, of new messages at once: {Reason} They are found by looking every so often")]
    public static partial void OutboxNewsLost(ILogger logger, string reason);
}
