using System.Text.Json;
using Gantry.Contracts;
using Gantry.Sidecar.ChangeFeed;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Makes the messages of contracts.md section 5 of what waits in the outbox, when they are delivered.</summary>
internal sealed class CloudMessages(ImageMessages images)
{
    /// <summary>The message; null if what it was about is no longer there.</summary>
    /// <exception cref="JsonException">The entry is not what its kind says.</exception>
    /// <exception cref="OrthancException">The archive cannot be asked.</exception>
    /// <exception cref="WorklistStoreException">The worklist cannot be asked.</exception>
    public async Task<GatewayEvent?> MakeAsync(OutboxEntry entry, CancellationToken cancellationToken) => entry.Kind switch
    {
        StatusEvent.Kind => Status(StatusEvent.Parse(entry.Payload.Span)),
        ImageArrival.Kind => await images.MakeAsync(ImageArrival.Parse(entry.Payload.Span), cancellationToken),
        var other => throw new JsonException($"Messages of kind {other} are not known to this version."),
    };

    private static GatewayEvent.StatusUpdated Status(StatusEvent status) => new(new()
    {
        ActionId = status.SourceMessageId,
        AccessionNumber = status.AccessionNumber,
        Status = status.Status,
        MppsInstanceUid = status.MppsInstanceUid,
        StudyInstanceUid = status.StudyInstanceUid,
    })
    {
        MessageId = NameBasedUuid.Of(status.EventId).ToString(),
        Timestamp = status.Timestamp,
        SourceSystem = "gateway-mwl",
    };
}
