using Microsoft.Extensions.Logging;

namespace Gantry.EmrSync;

internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Information, "EMR sync ({Reason}): {Read} rows read, {Added} orders new, {Changed} changed, {Cancelled} cancelled, "
        + "{Reinstated} reinstated, {SetAside} set aside, in {Milliseconds:0} ms")]
    public static partial void Synced(
        ILogger logger, string reason, int read, int added, int changed, int cancelled, int reinstated, int setAside, double milliseconds);

    [LoggerMessage(6001, LogLevel.Warning, "EMR sync ({Reason}) failed: {Failure}")]
    public static partial void SyncFailed(ILogger logger, string reason, string failure);
}
