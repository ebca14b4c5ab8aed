using Gantry.Cloud.Appointments;
using Gantry.Contracts;

namespace Gantry.Cloud.Events;

/// <summary>Answers one message of a gateway. What is wrong is answered by contract and kept where the admin sees it.</summary>
internal sealed class EventHandling(StatusQueue statuses, ImageEvents images, RefusedMessages refused)
{
    /// <summary>The type of the message that health sends to itself through the relay.</summary>
    public const string HealthCheckType = "cloud.health_check";

    private long _taken;

    /// <summary>Messages answered since the start.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>The reply. Throws only where the database does not do its part.</summary>
    public async Task<EventReply> AnswerAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var parsed = GatewayEvent.Parse(body.Span);
        if (parsed.Value is GatewayEvent.Unsupported { Type: HealthCheckType } check)
            return EventReply.UnknownEvent(check);

        Interlocked.Increment(ref _taken);
        var error = parsed.Succeeded ? EventLimits.Check(parsed.Value) : parsed.Error;
        if (error is not null)
        {
            await refused.KeepAsync(body, error.Id, error.Message, cancellationToken);
            return EventReply.Error(error);
        }
        switch (parsed.Value)
        {
            case GatewayEvent.StatusUpdated status:
                if (StateTable.EventOf(status.Data.Status) is null)
                {
                    var strange = EventReply.UnknownStatus(status.Data.ActionId);
                    await refused.KeepAsync(body, status.MessageId ?? status.Data.ActionId, strange.Message!, cancellationToken);
                    return strange;
                }
                return await statuses.TakeAsync(status, cancellationToken);
            case GatewayEvent.ImageReceived image:
                var (answer, note) = await images.TakeAsync(image, cancellationToken);
                if (note is not null)
                    await refused.KeepAsync(body, image.MessageId, note, cancellationToken);
                return answer;
            case GatewayEvent.Unsupported other:
                var unknown = EventReply.UnknownEvent(other);
                await refused.KeepAsync(body, other.MessageId, unknown.Message!, cancellationToken);
                return unknown;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
