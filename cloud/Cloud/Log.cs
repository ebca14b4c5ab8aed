namespace Gantry.Cloud;

/// <summary>What the cloud logs: ids and UIDs, never names, NHS numbers or what a message held. Ids 7000 to 7999.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Information, "Clinics are served on {Addresses}; the relay is {Relay}")]
    public static partial void Serving(ILogger logger, string addresses, string relay);

    [LoggerMessage(7001, LogLevel.Information, "The database was brought from schema {From} to {To}")]
    public static partial void Migrated(ILogger logger, int from, int to);

    [LoggerMessage(7002, LogLevel.Information, "Demo mode: a clinic with {Count} appointments was made for {Day:yyyy-MM-dd}")]
    public static partial void DemoClinicMade(ILogger logger, int count, DateOnly day);

    [LoggerMessage(7003, LogLevel.Warning, "The style sheet of the NHS design system is missing: run npm ci in {Folder}. Pages work, and look plain")]
    public static partial void StyleSheetMissing(ILogger logger, string folder);

    [LoggerMessage(7004, LogLevel.Warning, "Demo mode: the demo users may sign in, and cookies travel over http as well")]
    public static partial void DemoMode(ILogger logger);

    [LoggerMessage(7005, LogLevel.Information, "The first administrator was made")]
    public static partial void FirstAdminMade(ILogger logger);

    [LoggerMessage(7006, LogLevel.Warning, "The database is away: {Reason} Waiting for it, {Seconds} s at most")]
    public static partial void DatabaseAway(ILogger logger, string reason, double seconds);

    [LoggerMessage(7100, LogLevel.Warning, "Message {MessageId} was not taken as it came: {Problem}")]
    public static partial void MessageRefused(ILogger logger, string messageId, string problem);

    [LoggerMessage(7101, LogLevel.Warning, "Appointment {Appointment} stays {State}: {Status} is against the rules")]
    public static partial void MoveRefused(ILogger logger, Guid appointment, string state, string status);

    [LoggerMessage(7102, LogLevel.Warning, "Image {SopInstanceUid} names another person than its study and is not shown")]
    public static partial void ImageSetAside(ILogger logger, string sopInstanceUid);

    [LoggerMessage(7103, LogLevel.Warning, "Study {StudyInstanceUid} was not attached: its person does not agree with the appointment's")]
    public static partial void StudyFlagged(ILogger logger, string studyInstanceUid);

    [LoggerMessage(7105, LogLevel.Error, "A gateway's message was not taken and will come again: {Reason}")]
    public static partial void MessageNotTaken(ILogger logger, string reason);

    [LoggerMessage(7104, LogLevel.Warning, "{Count} status messages could not be taken together ({Error}); each is taken alone")]
    public static partial void StatusBatchFailed(ILogger logger, int count, string error);

    [LoggerMessage(7200, LogLevel.Information, "Action {Action}: the gateway answered {Status}")]
    public static partial void ActionConfirmed(ILogger logger, Guid action, string status);

    [LoggerMessage(7201, LogLevel.Warning, "Action {Action} failed ({Phase}), attempt {Attempt}")]
    public static partial void ActionFailed(ILogger logger, Guid action, string phase, int attempt);

    [LoggerMessage(7202, LogLevel.Warning, "Actions cannot be read or written: {Reason}")]
    public static partial void ActionsUnreadable(ILogger logger, string reason);

    [LoggerMessage(7203, LogLevel.Warning, "Gateways cannot be read; trying again: {Reason}")]
    public static partial void GatewaysUnreadable(ILogger logger, string reason);

    [LoggerMessage(7300, LogLevel.Warning, "The connection that hears of other instances was lost and is made again: {Reason}")]
    public static partial void NotificationsLost(ILogger logger, string reason);

    [LoggerMessage(7301, LogLevel.Warning, "Live events cannot be read; trying again: {Reason}")]
    public static partial void LiveReadFailed(ILogger logger, string reason);

    [LoggerMessage(7400, LogLevel.Information, "Signed in: {User}")]
    public static partial void SignedIn(ILogger logger, Guid user);

    [LoggerMessage(7401, LogLevel.Warning, "A sign-in was refused ({Reason}) from {Address}")]
    public static partial void SignInRefused(ILogger logger, string reason, string address);

    [LoggerMessage(7402, LogLevel.Information, "Administrator {Admin} matched study {Study} to appointment {Appointment}")]
    public static partial void StudyMatched(ILogger logger, string admin, Guid study, Guid appointment);

    [LoggerMessage(7500, LogLevel.Error, "The request {Method} {Path} failed: {Reason}")]
    public static partial void RequestRefused(ILogger logger, string method, string path, string reason);

    [LoggerMessage(7501, LogLevel.Error, "The request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception error, string method, string path);
}
