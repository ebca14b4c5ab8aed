using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>mpps.status_update: moves the appointment by the state table, and records every message, once.</summary>
internal sealed class StatusEvents(NpgsqlDataSource database, Signals signals, ILogger<StatusEvents> logger)
{
    /// <summary>What a message was answered; a message without an id is none of them.</summary>
    private const string EarlierReply = "SELECT reply, action_id, appointment_id, old_state, new_state FROM status_events WHERE message_id = nullif($1, '')";

    /// <summary>An appointment whose row we hold.</summary>
    private readonly record struct Held(Guid Id, AppointmentState State, Guid ClinicId);

    public async Task<EventReply> TakeAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        var data = message.Data;
        if (StateTable.EventOf(data.Status) is not { } happened)
            return EventReply.UnknownStatus(data.ActionId);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (earlier, found) = await AskAsync(connection, message, cancellationToken);
        if (earlier is not null)
            return earlier;
        if (found is not { } appointment)
        {
            var without = await WithoutAsync(connection, data, cancellationToken);
            if (!await WriteAsync(connection, message, null, null, "unmatched", without, cancellationToken))
                return await AgainAsync(message, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unmatched(without, data.ActionId);
        }

        var (next, outcome) = StateTable.Move(appointment.State, happened);
        var (old, now) = (AppointmentStates.Name(appointment.State), AppointmentStates.Name(next));
        if (!await WriteAsync(connection, message, appointment, next, Word(outcome), "updated", cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await AgainAsync(message, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);

        if (outcome == MoveOutcome.Moved)
            signals.LiveCommitted();
        if (outcome == MoveOutcome.Refused)
            Log.MoveRefused(logger, appointment.Id, old, data.Status);
        var reply = EventReply.Updated(data.ActionId, appointment.Id.ToString(), old, now);
        return outcome == MoveOutcome.Refused ? reply with { Message = $"{data.Status} after {old} is against the rules; it is recorded and changes nothing." } : reply;
    }

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

    /// <summary>
    /// In one round trip: what the same message was answered before, and the appointment (the action's, else the accession number's),
    /// held until the transaction ends.
    /// </summary>
    private static async Task<(EventReply? Earlier, Held? Found)> AskAsync(NpgsqlConnection connection, GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        var data = message.Data;
        await using var questions = connection.Batch((EarlierReply, [message.MessageId ?? ""]), ("""
            SELECT appointment.id, appointment.state, slot.clinic_id FROM appointments AS appointment
            JOIN clinic_slots AS slot ON slot.id = appointment.slot_id
            WHERE appointment.id = CASE WHEN EXISTS (SELECT FROM gateway_actions WHERE id = $1::uuid)
                THEN (SELECT appointment_id FROM gateway_actions WHERE id = $1::uuid)
                ELSE (SELECT id FROM appointments WHERE accession_number = nullif($2::text, '')) END
            FOR UPDATE OF appointment
            """, [ActionOf(data), data.AccessionNumber?.Trim()]));
        await using var reader = await questions.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
            return (ReadReply(reader), null);
        await reader.NextResultAsync(cancellationToken);
        return (null, await reader.ReadAsync(cancellationToken)
            ? new Held(reader.GetGuid(0), AppointmentStates.Parse(reader.GetString(1)), reader.GetGuid(2)) : null);
    }

    /// <summary>The reply that says what was not found.</summary>
    private static async Task<string> WithoutAsync(NpgsqlConnection connection, StatusUpdate data, CancellationToken cancellationToken)
    {
        await using var known = connection.Command("SELECT 1 FROM gateway_actions WHERE id = $1::uuid", ActionOf(data));
        return await known.ExecuteScalarAsync(cancellationToken) is not null ? "no_appointment_id"
            : string.IsNullOrEmpty(data.ActionId) ? "appointment_not_found" : "action_not_found";
    }

    /// <summary>
    /// In one round trip: the record of the message, the appointment's new state with what pages show of it, and the action's
    /// confirmation: an exam that begins proves that its order arrived. False, and nothing of it, when the message was recorded meanwhile.
    /// </summary>
    private static async Task<bool> WriteAsync(
        NpgsqlConnection connection, GatewayEvent.StatusUpdated message, Held? appointment, AppointmentState? next, string outcome, string reply,
        CancellationToken cancellationToken)
    {
        var data = message.Data;
        var moves = appointment is not null && next != appointment.Value.State;
        await using var write = connection.Command("""
            WITH recorded AS (
                INSERT INTO status_events (message_id, action_id, accession_number, study_instance_uid, mpps_instance_uid, status, occurred_at,
                    appointment_id, old_state, new_state, outcome, reply)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (message_id) DO NOTHING RETURNING id),
            moved AS (
                UPDATE appointments SET state = $10, state_changed_at = now() WHERE id = $8 AND $13 AND EXISTS (SELECT FROM recorded)),
            told AS (
                INSERT INTO live_events (clinic_id, appointment_id, type, payload)
                SELECT $14::uuid, $8::uuid, $15::text, $16::text WHERE $13 AND EXISTS (SELECT FROM recorded)),
            confirmed AS (
                UPDATE gateway_actions SET delivered_at = coalesce(delivered_at, now()), confirmed_at = now(), due_at = NULL
                WHERE id = $17::uuid AND confirmed_at IS NULL AND EXISTS (SELECT FROM recorded))
            SELECT id FROM recorded
            """, string.IsNullOrEmpty(message.MessageId) ? null : message.MessageId, data.ActionId, data.AccessionNumber, data.StudyInstanceUid,
            data.MppsInstanceUid, data.Status, message.Timestamp?.ToUniversalTime(), appointment?.Id,
            appointment is null ? null : AppointmentStates.Name(appointment.Value.State), next is null ? null : AppointmentStates.Name(next.Value), outcome, reply,
            moves, appointment?.ClinicId, LiveEvent.StatusChange, moves ? LiveEvent.StatusPayload(appointment!.Value.Id, next!.Value) : null,
            appointment is null ? null : ActionOf(data));
        return await write.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static Guid? ActionOf(StatusUpdate data) => Guid.TryParse(data.ActionId, out var id) ? id : null;

    private async Task<EventReply> AgainAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EarlierReplyAsync(connection, message, cancellationToken)
            ?? EventReply.Error(message.MessageId, "The same message is being worked on; send it again.");
    }

    private static async Task<EventReply?> EarlierReplyAsync(NpgsqlConnection connection, GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        await using var query = connection.Command(EarlierReply, message.MessageId ?? "");
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadReply(reader) : null;
    }

    private static EventReply ReadReply(NpgsqlDataReader reader)
    {
        var actionId = reader.IsDBNull(1) ? null : reader.GetString(1);
        return reader.GetString(0) == "updated"
            ? EventReply.Updated(actionId, reader.GetGuid(2).ToString(), reader.GetString(3), reader.GetString(4))
            : Unmatched(reader.GetString(0), actionId);
    }

    private static EventReply Unmatched(string reply, string? actionId) => reply switch
    {
        "no_appointment_id" => EventReply.NoAppointmentId(actionId),
        "appointment_not_found" => EventReply.AppointmentNotFound(actionId),
        _ => EventReply.ActionNotFound(actionId),
    };

    private static string Word(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.Moved => "moved",
        MoveOutcome.Repeated => "repeated",
        MoveOutcome.Late => "late",
        MoveOutcome.Refused => "refused",
    };
}
