using System.Text.Json.Serialization;

namespace Gantry.Sidecar.Forwarding;

/// <summary>How forwarding to the cloud stands.</summary>
/// <param name="Enabled">False where no relay is set: nothing is written for the cloud.</param>
/// <param name="Paused">The settings hold everything back.</param>
/// <param name="Pending">Messages that wait.</param>
/// <param name="Parked">Messages set aside because the cloud refuses them.</param>
/// <param name="OldestPending">When the oldest that waits was written, UTC.</param>
/// <param name="Delivered">Messages delivered since the start.</param>
/// <param name="LastDelivered">When the last was delivered, UTC.</param>
/// <param name="Outage">Why nothing is sent; null if all is well.</param>
/// <param name="Listener">How the listening for the cloud's actions stands; null where no relay is set.</param>
internal sealed record ForwardingStatus(
    bool Enabled, bool Paused, long Pending, long Parked, DateTimeOffset? OldestPending, long Delivered, DateTimeOffset? LastDelivered, LinkOutage? Outage,
    ListenerStatus? Listener);

/// <summary>How the listening for the cloud's actions stands.</summary>
/// <param name="Registered">The relay knows us.</param>
/// <param name="Registrations">How often we registered.</param>
/// <param name="Answered">Messages answered.</param>
/// <param name="LastHeard">When the relay last said something, UTC.</param>
/// <param name="LastFailure">Why we were last not registered; null for never.</param>
internal sealed record ListenerStatus(bool Registered, long Registrations, long Answered, DateTimeOffset? LastHeard, string? LastFailure);

/// <summary>A message set aside, or waiting. What it says is not shown: ids and reasons are enough to decide.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">mpps.status_update or study.image_received.</param>
/// <param name="OrderKey">The exam: accession number, or Study Instance UID.</param>
/// <param name="EventKey">The event.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
/// <param name="Reason">Why it was set aside, or failed last; null if it was not tried yet.</param>
internal sealed record ParkedMessage(long Id, string Kind, string OrderKey, string EventKey, int Attempts, DateTimeOffset CreatedAt, string? Reason);

/// <summary>How many messages are sent again.</summary>
/// <param name="Replayed">The number.</param>
internal sealed record ReplayReport(int Replayed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ForwardingStatus))]
[JsonSerializable(typeof(IReadOnlyList<ParkedMessage>))]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class ForwardingJson : JsonSerializerContext;
