using Gantry.Audit;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Auditing;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>Answers one message of a gateway. What is wrong is answered by contract and kept where the admin sees it.</summary>
internal sealed class EventHandling(StatusQueue statuses, ImageEvents images, RefusedMessages refused, NpgsqlDataSource database, Auditor auditor)
{
    /// <summary>The type of the message that health sends to itself through the relay.</summary>
    public const string HealthCheckType = "cloud.health_check";

    private long _taken;

    /// <summary>Messages answered since the start.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>The reply. Throws only when the database is away, which the listener answers with an error: the gateway tries again.</summary>
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
                var reply = await statuses.TakeAsync(status, cancellationToken);
                if (auditor.IsOn && reply is { Status: "updated", AppointmentId: { } appointment })
                    await TellAsync(status, appointment, cancellationToken);
                return reply;
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

    /// <summary>Whose appointment a gateway has changed.</summary>
    private async Task TellAsync(GatewayEvent.StatusUpdated status, string appointment, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(appointment, out var id))
            return;
        await using var query = database.CreateCommand(
            "SELECT participant.nhs_number FROM appointments AS appointment JOIN participants AS participant ON participant.id = appointment.participant_id WHERE appointment.id = $1");
        query.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        var number = await query.ExecuteScalarAsync(cancellationToken) as string;
        auditor.Record(events => events.Procedure(
            Auditor.Gateway, AuditAction.Update, new(number ?? ""), status.Data.StudyInstanceUid, status.Data.MppsInstanceUid, status.Data.AccessionNumber));
    }
}
