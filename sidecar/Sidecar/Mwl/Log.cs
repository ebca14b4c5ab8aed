namespace Gantry.Sidecar;

// Events 3200 to 3299: the worklist
internal static partial class Log
{
    [LoggerMessage(3200, LogLevel.Error, "Association {association} with {callingAeTitle}: the worklist cannot be read")]
    public static partial void WorklistUnreadable(ILogger logger, Exception failure, long association, string callingAeTitle);

    [LoggerMessage(3201, LogLevel.Warning, "Order {accessionNumber} cannot be served: {reason}")]
    public static partial void RowSetAside(ILogger logger, string accessionNumber, string reason);

    [LoggerMessage(3202, LogLevel.Information, "Order {accessionNumber} can be served again")]
    public static partial void RowMended(ILogger logger, string accessionNumber);

    [LoggerMessage(3203, LogLevel.Warning, "The worklist could not be inspected; the next try is in some minutes")]
    public static partial void InspectionFailed(ILogger logger, Exception failure);
}
