using System.Net;

namespace Gantry.Sidecar;

/// <summary>
/// What the sidecar logs. AE titles, addresses, UIDs and accession numbers may stand in a line, patient data never.
/// Ids: 3000 host, 3100 association policy and peers, 3200 worklist SCP, 3300 MPPS SCP, 3400 web and health, 3500 command line, 3600 viewer.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "The worklist and MPPS are served as {AeTitle} to {Callers}")]
    public static partial void DicomServed(ILogger logger, string aeTitle, string callers);

    [LoggerMessage(3001, LogLevel.Information, "Listening for the browser on {Addresses}")]
    public static partial void WebListening(ILogger logger, string addresses);

    [LoggerMessage(3002, LogLevel.Information, "The worklist holds {Total} orders, {Scheduled} of them scheduled")]
    public static partial void StoreHolds(ILogger logger, long total, long scheduled);

    [LoggerMessage(3003, LogLevel.Information, "Demo mode: the empty worklist got {Count} orders for {Day:yyyy-MM-dd}")]
    public static partial void DemoSeeded(ILogger logger, int count, DateOnly day);

    [LoggerMessage(3004, LogLevel.Information, "Stopping: {Associations} associations may finish what they do, for up to {Seconds} s")]
    public static partial void Draining(ILogger logger, int associations, double seconds);

    [LoggerMessage(3005, LogLevel.Information, "Stopped after {Requests} requests on {Associations} associations")]
    public static partial void Stopped(ILogger logger, long requests, long associations);

    [LoggerMessage(3006, LogLevel.Warning, "The pages on {Addresses} have no sign-in (Accounts:Enabled): whoever reaches them sees the worklist")]
    public static partial void WebIsOpen(ILogger logger, string addresses);

    [LoggerMessage(3008, LogLevel.Critical, "The gateway ends because of something that nobody foresaw")]
    public static partial void Unforeseen(ILogger logger, Exception error);

    [LoggerMessage(3009, LogLevel.Warning, "The setting {Key} ({Origin}) is not known and changes nothing. {Hint}")]
    public static partial void UnknownSetting(ILogger logger, string key, string origin, string hint);

    [LoggerMessage(3010, LogLevel.Information, "Backup made: {File} with {Orders} orders and {Undelivered} messages to be delivered; {Pruned} old ones deleted")]
    public static partial void BackupMade(ILogger logger, string file, long orders, long undelivered, int pruned);

    [LoggerMessage(3011, LogLevel.Error, "The daily backup failed and is tried again; until then nothing old is deleted: {Reason}")]
    public static partial void BackupFailed(ILogger logger, string reason);

    [LoggerMessage(3012, LogLevel.Information, "Deleted {Orders} old orders and {Steps} old exams")]
    public static partial void OldOrdersPurged(ILogger logger, int orders, int steps);

    [LoggerMessage(3100, LogLevel.Warning, "Rejected {Calling} from {Address}: it is none of the known modalities")]
    public static partial void CallerUnknown(ILogger logger, string calling, IPAddress address);

    [LoggerMessage(3101, LogLevel.Warning, "Rejected {Calling} from {Address}: that modality is known at {Known}")]
    public static partial void CallerElsewhere(ILogger logger, string calling, IPAddress address, string known);

    [LoggerMessage(3102, LogLevel.Warning, "Rejected {Calling} from {Address}: it called {Called}, which is not our title")]
    public static partial void CalledUnknown(ILogger logger, string calling, IPAddress address, string called);

    [LoggerMessage(3103, LogLevel.Warning, "The host {Host} of modality {Name} cannot be resolved: {Reason}")]
    public static partial void HostUnresolved(ILogger logger, string host, string name, string reason);

    [LoggerMessage(3104, LogLevel.Warning, "Refused an image from {Calling} at {EndPoint}: images belong to Orthanc, port {Port}")]
    public static partial void ImageRefused(ILogger logger, string calling, IPEndPoint endPoint, int port);

    [LoggerMessage(3400, LogLevel.Error, "The request {Method} {Path} failed")]
    public static partial void WebRequestFailed(ILogger logger, Exception error, string method, string path);

    [LoggerMessage(3401, LogLevel.Warning, "Health: {Check} fails at {Phase}: {Reason}")]
    public static partial void Unhealthy(ILogger logger, string check, string phase, string reason);

    [LoggerMessage(3402, LogLevel.Information, "Health: {Check} is well again")]
    public static partial void HealthyAgain(ILogger logger, string check);

    [LoggerMessage(3403, LogLevel.Error, "The health checks could not be run; they run again at the next turn")]
    public static partial void WatchFailed(ILogger logger, Exception error);

    [LoggerMessage(3600, LogLevel.Information, "The viewer, OHIF {Version}, is served on port {Port}")]
    public static partial void ViewerServed(ILogger logger, string version, int port);

    [LoggerMessage(3601, LogLevel.Warning, "There is no prepared viewer in {Folder}, so its port shows how to get one; everything else works")]
    public static partial void ViewerMissing(ILogger logger, string folder);

    [LoggerMessage(3602, LogLevel.Warning, "The viewer on port {Port} has no sign-in (Accounts:Enabled): whoever reaches it sees all images")]
    public static partial void ViewerIsOpen(ILogger logger, int port);

    [LoggerMessage(3700, LogLevel.Information, "The archive's changes are read from number {Position} on")]
    public static partial void FeedBegun(ILogger logger, long position);

    [LoggerMessage(3701, LogLevel.Warning, "The archive's changes cannot be read ({Phase}): {Reason} It is tried again until it works")]
    public static partial void FeedAway(ILogger logger, string phase, string reason);

    [LoggerMessage(3702, LogLevel.Information, "The archive's changes are read again")]
    public static partial void FeedBack(ILogger logger);

    [LoggerMessage(3703, LogLevel.Warning, "The archive counts its changes anew, so it is another archive or its index was made again: all of it is read")]
    public static partial void FeedRestarted(ILogger logger);

    [LoggerMessage(3704, LogLevel.Information, "The whole archive was read: {Images} images, {Enqueued} of them to be forwarded")]
    public static partial void FullSyncDone(ILogger logger, long images, long enqueued);

    [LoggerMessage(3705, LogLevel.Warning, "Reading the whole archive failed: {Reason}")]
    public static partial void FullSyncFailed(ILogger logger, string reason);

    [LoggerMessage(3706, LogLevel.Error, "Reading the whole archive broke off")]
    public static partial void FullSyncBroken(ILogger logger, Exception error);

    [LoggerMessage(3800, LogLevel.Warning, "{Peer} cannot be reached ({Phase}): {Reason} Messages wait in the outbox; it is tried again until it works")]
    public static partial void PeerAway(ILogger logger, string peer, string phase, string reason);

    [LoggerMessage(3801, LogLevel.Information, "{Peer} is reached again, after {Seconds:0} s")]
    public static partial void PeerBack(ILogger logger, string peer, double seconds);

    [LoggerMessage(3802, LogLevel.Debug, "Forwarded {Kind} of {OrderKey} as message {MessageId}: {Status}")]
    public static partial void Forwarded(ILogger logger, string kind, string orderKey, string messageId, string status);

    [LoggerMessage(3803, LogLevel.Warning, "{Peer} was not told {Kind} of {OrderKey} (outbox {Id}, attempt {Attempts}): {Reason} It is tried again")]
    public static partial void DeliveryFailed(ILogger logger, string peer, string kind, string orderKey, long id, int attempts, string reason);

    [LoggerMessage(3804, LogLevel.Debug, "{Peer} is not told {Kind} of {OrderKey} yet (outbox {Id}): {Reason}")]
    public static partial void DeliveryDelayed(ILogger logger, string peer, string kind, string orderKey, long id, string reason);

    [LoggerMessage(3805, LogLevel.Error, "{Peer} refuses {Kind} of {OrderKey} (outbox {Id}), which is set aside: {Reason} See {Page}")]
    public static partial void MessageParked(ILogger logger, string peer, string kind, string orderKey, long id, string reason, string page);

    [LoggerMessage(3806, LogLevel.Error, "Forwarding outbox message {Id} ({Kind}) met an error that nobody foresaw")]
    public static partial void DeliveryBroke(ILogger logger, Exception error, long id, string kind);

    [LoggerMessage(3807, LogLevel.Information, "{EventKey} is done with; {Peer} is not told: {Why}")]
    public static partial void NotDelivered(ILogger logger, string eventKey, string peer, string why);

    [LoggerMessage(3808, LogLevel.Warning, "The outbox cannot be read: {Reason}")]
    public static partial void OutboxAway(ILogger logger, string reason);

    [LoggerMessage(3809, LogLevel.Information, "{Count} messages that were under way at a stop are due again")]
    public static partial void OutboxReleased(ILogger logger, int count);

    [LoggerMessage(3810, LogLevel.Warning, "What came of {Count} deliveries cannot be written yet: {Reason}")]
    public static partial void SettlingDelayed(ILogger logger, int count, string reason);

    [LoggerMessage(3811, LogLevel.Error, "What came of {Count} deliveries could not be written, so they are repeated: {Reason}")]
    public static partial void SettlingFailed(ILogger logger, int count, string reason);

    [LoggerMessage(3812, LogLevel.Information, "Deleted {Count} entries of the outbox that were done with long ago")]
    public static partial void Purged(ILogger logger, int count);

    [LoggerMessage(3813, LogLevel.Warning, "Old entries of the outbox cannot be deleted now: {Reason}")]
    public static partial void PurgeFailed(ILogger logger, string reason);

    [LoggerMessage(3814, LogLevel.Error, "Forwarding met an error that nobody foresaw, and goes on")]
    public static partial void ForwardingBroke(ILogger logger, Exception error);

    [LoggerMessage(3815, LogLevel.Debug, "The EMR was told {Told} of {Count} statuses in {Milliseconds:0} ms")]
    public static partial void WroteBack(ILogger logger, int told, int count, double milliseconds);

    [LoggerMessage(3816, LogLevel.Information, "The EMR took status {Status} of order {OrderKey} without telling of a changed row: it does not count rows (NOCOUNT), or has no such order")]
    public static partial void NoRowCounted(ILogger logger, string orderKey, string status);

    [LoggerMessage(3817, LogLevel.Error, "Telling the EMR {Count} statuses met an error that nobody foresaw")]
    public static partial void WriteBackBroke(ILogger logger, Exception error, int count);

    [LoggerMessage(3818, LogLevel.Warning, "{Count} statuses wait for an EMR that the settings do not have; they are told once they do (EmrSync:StatusUpdate), and deleted after {Age}")]
    public static partial void WaitForNobody(ILogger logger, long count, TimeSpan age);

    [LoggerMessage(3819, LogLevel.Warning, "Deleted {Count} old statuses that waited for an EMR that the settings do not have")]
    public static partial void DroppedForNobody(ILogger logger, int count);

    [LoggerMessage(3820, LogLevel.Information, "Order {AccessionNumber} came from the cloud by action {ActionId}")]
    public static partial void OrderFromCloud(ILogger logger, string accessionNumber, string actionId);

    [LoggerMessage(3821, LogLevel.Information, "The cloud's {ActionType} {ActionId} was done: {Result}")]
    public static partial void ActionDone(ILogger logger, string actionType, string actionId, Gantry.Worklist.OrderActionResult result);

    [LoggerMessage(3822, LogLevel.Warning, "The cloud's action {ActionType} {ActionId} was refused: {Reason}")]
    public static partial void ActionRefused(ILogger logger, string actionType, string actionId, string reason);

    [LoggerMessage(3823, LogLevel.Error, "The cloud's {ActionType} {ActionId} could not be done: {Reason}")]
    public static partial void ActionFailed(ILogger logger, string actionType, string actionId, string reason);

    [LoggerMessage(3827, LogLevel.Error, "The cloud's {ActionType} {ActionId} met an error that nobody foresaw")]
    public static partial void ActionBroke(ILogger logger, Exception error, string actionType, string actionId);

    [LoggerMessage(3828, LogLevel.Warning, "The relay {Relay} is reached without TLS: names and keys travel in the clear")]
    public static partial void RelayInTheClear(ILogger logger, string relay);

    [LoggerMessage(3824, LogLevel.Information, "The emulated modality performed {AccessionNumber}: {Images} images")]
    public static partial void EmulatorDone(ILogger logger, string accessionNumber, int images);

    [LoggerMessage(3825, LogLevel.Warning, "The emulated modality could not perform {AccessionNumber} ({Phase}): {Reason}")]
    public static partial void EmulatorFailed(ILogger logger, string accessionNumber, string phase, string reason);

    [LoggerMessage(3826, LogLevel.Error, "The emulated modality broke off {AccessionNumber}")]
    public static partial void EmulatorBroke(ILogger logger, Exception error, string accessionNumber);

    [LoggerMessage(3610, LogLevel.Information, "{Name} signed in from {Address}")]
    public static partial void SignedIn(ILogger logger, string name, IPAddress? address);

    [LoggerMessage(3611, LogLevel.Warning, "A sign-in from {Address} was refused: {Reason}")]
    public static partial void SignInRefused(ILogger logger, IPAddress? address, string reason);

    [LoggerMessage(3850, LogLevel.Warning, "EMR sync ({Reason}) failed because the worklist cannot be used: {Failure}")]
    public static partial void EmrSyncStoreAway(ILogger logger, string reason, string failure);

    [LoggerMessage(3851, LogLevel.Error, "EMR sync ({Reason}) met an error that nobody foresaw; the next one tries again")]
    public static partial void EmrSyncBroke(ILogger logger, Exception error, string reason);

    [LoggerMessage(3852, LogLevel.Warning, "For {Seconds:0} s modalities' queries do not wait for the EMR; the worklist is served as it is. {Reason}")]
    public static partial void QuerySyncPaused(ILogger logger, double seconds, string reason);

    [LoggerMessage(3853, LogLevel.Information, "Modalities' queries sync with the EMR again")]
    public static partial void QuerySyncResumed(ILogger logger);

    [LoggerMessage(3854, LogLevel.Information, "The EMR is synced with {Schedule}, next at {Next:u}")]
    public static partial void EmrScheduled(ILogger logger, string schedule, DateTimeOffset? next);

    [LoggerMessage(3855, LogLevel.Error, "The schedule of the EMR sync cannot be kept in the worklist's database now; it is tried again every {Seconds:0} s")]
    public static partial void ScheduleAway(ILogger logger, Exception error, double seconds);
}
