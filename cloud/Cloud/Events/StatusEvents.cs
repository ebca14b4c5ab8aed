using Gantry.Audit;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>mpps.status_update: moves appointments by the state table, and records every message, once.</summary>
internal sealed class StatusEvents(NpgsqlDataSource database, Signals signals, Auditor auditor, ILogger<StatusEvents> logger)
{
    private static readonly AuditActor Gateway = new("gateway");

    /// <summary>
    /// Takes messages in one transaction; the replies stand in the same order. Null for a message whose appointment somebody holds (it is not
    /// waited for here), and for all when one of them was recorded by another instance meanwhile: these are to be taken alone.
    /// </summary>
    public Task<IReadOnlyList<EventReply?>> TakeTogetherAsync(IReadOnlyList<GatewayEvent.StatusUpdated> messages, CancellationToken cancellationToken) =>
        TakeAsync(messages, isPatient: false, cancellationToken);

    /// <summary>Takes one message, and waits until nobody else holds its appointment.</summary>
    public async Task<EventReply> TakeAloneAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken) =>
        (await TakeAsync([message], isPatient: true, cancellationToken))[0]
        // Another instance has recorded it meanwhile: now its reply is found
        ?? (await TakeAsync([message], isPatient: true, cancellationToken))[0]
        ?? EventReply.Error(message.MessageId, "The same message is being worked on; send it again.");

    /// <summary>The appointment's state, held until the transaction ends.</summary>
    internal static async Task<(AppointmentState State, Guid ClinicId)> LockAsync(NpgsqlConnection connection, Guid appointment, CancellationToken cancellationToken)
    {
        await using var query = connection.Command("""
            SELECT appointment.state, slot.clinic_id FROM appointments AS appointment
            JOIN clinic_slots AS slot ON slot.id = appointment.slot_id WHERE appointment.id = $1 FOR UPDATE OF appointment
            """, appointment);
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (AppointmentStates.Parse(reader.GetString(0)), reader.GetGuid(1));
    }

    /// <summary>Writes the new state and what pages show of it.</summary>
    internal static async Task MoveAsync(NpgsqlConnection connection, Guid clinic, Guid appointment, AppointmentState next, CancellationToken cancellationToken)
    {
        await using var update = connection.Command(
            "UPDATE appointments SET state = $2, state_changed_at = now() WHERE id = $1", appointment, AppointmentStates.Name(next));
        await update.ExecuteNonQueryAsync(cancellationToken);
        await LiveEvent.AppendStatusAsync(connection, clinic, appointment, next, cancellationToken);
    }

    private async Task<IReadOnlyList<EventReply?>> TakeAsync(
        IReadOnlyList<GatewayEvent.StatusUpdated> messages, bool isPatient, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (known, held) = await StatusBatch.AskAsync(connection, messages, isPatient, cancellationToken);
        var (records, replies) = (new List<StatusRecord>(messages.Count), new EventReply?[messages.Count]);
        var inThisBatch = new Dictionary<string, EventReply?>(StringComparer.Ordinal);
        for (var at = 0; at < messages.Count; at++)
        {
            var id = StatusBatch.IdOf(messages[at]);
            if (known[at].Earlier is { } earlier)
            {
                replies[at] = earlier;
            }
            else if (id is not null && inThisBatch.TryGetValue(id, out var first))
            {
                replies[at] = first;
            }
            else
            {
                // What somebody holds is not decided here, nor is its repetition
                if (isPatient || known[at].Appointment is not { } appointment || held.ContainsKey(appointment))
                {
                    records.Add(Decide(messages[at], known[at], held));
                    replies[at] = StatusBatch.ReplyTo(records[^1]);
                }
                if (id is not null)
                    inThisBatch[id] = replies[at];
            }
        }
        if (records.Count == 0)
            return replies;
        if (!await StatusBatch.WriteAsync(connection, records, cancellationToken))
            return new EventReply?[messages.Count];
        await transaction.CommitAsync(cancellationToken);
        Tell(records);
        return replies;
    }

    private void Tell(List<StatusRecord> records)
    {
        if (records.Exists(record => record.Outcome == Word(MoveOutcome.Moved)))
            signals.LiveCommitted();
        foreach (var refused in records.Where(record => record.Outcome == Word(MoveOutcome.Refused)))
            Log.MoveRefused(logger, refused.Appointment!.Id, AppointmentStates.Name(refused.Appointment.State), refused.Message.Data.Status);
        if (!auditor.IsOn)
            return;
        foreach (var (message, appointment) in records.Where(record => record.Appointment is not null).Select(record => (record.Message.Data, record.Appointment!)))
        {
            auditor.Record(events => events.Procedure(
                Gateway, AuditAction.Update, new(appointment.NhsNumber), message.StudyInstanceUid, message.MppsInstanceUid, message.AccessionNumber));
        }
    }

    /// <summary>What becomes of a message, and of the appointment for the next one.</summary>
    private static StatusRecord Decide(GatewayEvent.StatusUpdated message, StatusQuestion known, Dictionary<Guid, HeldAppointment> held)
    {
        if (known.Appointment is not { } id || !held.TryGetValue(id, out var appointment))
        {
            var without = known.IsActionKnown ? "no_appointment_id" : string.IsNullOrEmpty(message.Data.ActionId) ? "appointment_not_found" : "action_not_found";
            return new(message, null, null, "unmatched", without);
        }
        var (next, outcome) = StateTable.Move(appointment.State, StateTable.EventOf(message.Data.Status)!.Value);
        held[id] = appointment with { State = next };
        return new(message, appointment, next, Word(outcome), "updated");
    }

    private static string Word(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.Moved => "moved",
        MoveOutcome.Repeated => "repeated",
        MoveOutcome.Late => "late",
        MoveOutcome.Refused => "refused",
    };
}
