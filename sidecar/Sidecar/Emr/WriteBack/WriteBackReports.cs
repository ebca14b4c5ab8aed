using System.Text.Json.Serialization;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary>How telling the EMR stands, for the API and the EMR's page.</summary>
internal sealed class WriteBackReports(IWorklistStore store, SidecarSettings settings, IServiceProvider services)
{
    /// <exception cref="WorklistStoreException">The outbox cannot be read.</exception>
    public async Task<WriteBackStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var statistics = await store.OutboxStatisticsAsync(OutboxTarget.Emr, cancellationToken);
        var link = services.GetKeyedService<DeliveryLink>(OutboxTarget.Emr);
        return new(
            settings.EmrSync.TellsStatuses(), settings.EmrWriteBack.Paused, statistics.Pending, statistics.Parked, statistics.OldestPending,
            services.GetKeyedService<DeliveryMetrics>(OutboxTarget.Emr)?.Delivered ?? 0, services.GetService<WriteBackTally>()?.Unconfirmed ?? 0,
            link?.LastSuccess, link?.LastFailure, link?.Outage);
    }
}

/// <summary>How telling the EMR the status of exams stands.</summary>
/// <param name="Enabled">False where the settings have no EMR, no EmrSync:StatusUpdate or no words: nothing is written for it.</param>
/// <param name="Paused">The settings hold everything back.</param>
/// <param name="Pending">Statuses that wait.</param>
/// <param name="Parked">Statuses set aside because the EMR refuses them.</param>
/// <param name="OldestPending">When the oldest that waits was written, UTC.</param>
/// <param name="Told">Statuses told since the start.</param>
/// <param name="Unconfirmed">Those of them for which the EMR told of no changed row: it does not count rows, or does not have the order.</param>
/// <param name="LastTold">When the last was told, UTC.</param>
/// <param name="LastFailure">What went wrong last since the start; null for nothing.</param>
/// <param name="Outage">Why nothing is told; null if all is well.</param>
internal sealed record WriteBackStatus(
    bool Enabled, bool Paused, long Pending, long Parked, DateTimeOffset? OldestPending, long Told, long Unconfirmed, DateTimeOffset? LastTold,
    DeliveryFailure? LastFailure, LinkOutage? Outage);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WriteBackStatus))]
internal sealed partial class WriteBackJson : JsonSerializerContext;
