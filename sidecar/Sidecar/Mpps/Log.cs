namespace Gantry.Sidecar;

// Events 3300 to 3399: performed procedure steps
internal static partial class Log
{
    [LoggerMessage(3300, LogLevel.Information, "{callingAeTitle} started step {sopInstanceUid} for {orders}")]
    public static partial void StepCreated(ILogger logger, string callingAeTitle, string sopInstanceUid, string orders);

    [LoggerMessage(3301, LogLevel.Warning, "{callingAeTitle} started step {sopInstanceUid}, for which there is no order: kept as unscheduled")]
    public static partial void StepUnscheduled(ILogger logger, string callingAeTitle, string sopInstanceUid);

    [LoggerMessage(3302, LogLevel.Information, "{callingAeTitle} sent the N-CREATE of step {sopInstanceUid} again; answered as the first time")]
    public static partial void StepRepeated(ILogger logger, string callingAeTitle, string sopInstanceUid);

    [LoggerMessage(3303, LogLevel.Information, "{callingAeTitle}: step {sopInstanceUid} is {status}")]
    public static partial void StepChanged(ILogger logger, string callingAeTitle, string sopInstanceUid, string status);

    [LoggerMessage(3304, LogLevel.Error, "{callingAeTitle}: step {sopInstanceUid} could not be stored")]
    public static partial void StepNotStored(ILogger logger, Exception failure, string callingAeTitle, string sopInstanceUid);

    [LoggerMessage(3305, LogLevel.Error, "{callingAeTitle}: step {sopInstanceUid} could not be read")]
    public static partial void StepNotRead(ILogger logger, Exception failure, string callingAeTitle, string sopInstanceUid);
}
