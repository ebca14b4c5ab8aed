using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>mpps.status_update: moves the appointment by the state table, and records every message, once.</summary>
internal sealed class StatusEvents(NpgsqlDataSource database, Signals signals, ILogger<StatusEvents> logger)
{
    public async Task<EventReply> TakeAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        var data = message.Data;
        if (StateTable.EventOf(data.Status) is not { } happened)
            return EventReply.UnknownStatus(data.ActionId);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await EarlierReplyAsync(connection, message, cancellationToken) is { } earlier)
            return earlier;

        var (appointmentId, without) = await FindAsync(connection, data, cancellationToken);
        if (appointmentId is null)
        {
            if (!await RecordAsync(connection, message, null, null, null, "unmatched", without!, cancellationToken))
                return await AgainAsync(message, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unmatched(without!, data.ActionId);
        }

        var (state, clinicId) = await LockAsync(connection, appointmentId.Value, cancellationToken);
        var (next, outcome) = StateTable.Move(state, happened);
        var (old, now) = (AppointmentStates.Name(state), AppointmentStates.Name(next));
        if (!await RecordAsync(connection, message, appointmentId, old, now, Word(outcome), "updated", cancellationToken))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await AgainAsync(message, cancellationToken);
        }
        if (outcome == MoveOutcome.Moved)
            await MoveAsync(connection, clinicId, appointmentId.Value, next, cancellationToken);
        await ConfirmActionAsync(connection, data.ActionId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (outcome == MoveOutcome.Moved)
            signals.LiveCommitted();
        if (outcome == MoveOutcome.Refused)
            Log.MoveRefused(logger, appointmentId.Value, old, data.Status);
        var reply = EventReply.Updated(data.ActionId, appointmentId.Value.ToString(), old, now);
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

    /// <summary>By the action, else by the accession number; else the reply that says what was not found.</summary>
    private static async Task<(Guid? Appointment, string? Without)> FindAsync(NpgsqlConnection connection, StatusUpdate data, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(data.ActionId, out var actionId))
        {
            await using var byAction = connection.Command("SELECT appointment_id FROM gateway_actions WHERE id = $1", actionId);
            switch (await byAction.ExecuteScalarAsync(cancellationToken))
            {
                case Guid appointment: return (appointment, null);
                case DBNull: return (null, "no_appointment_id");
            }
        }
        if (!string.IsNullOrWhiteSpace(data.AccessionNumber))
        {
            await using var byAccession = connection.Command("SELECT id FROM appointments WHERE accession_number = $1", data.AccessionNumber.Trim());
            if (await byAccession.ExecuteScalarAsync(cancellationToken) is Guid appointment)
                return (appointment, null);
        }
        return (null, string.IsNullOrEmpty(data.ActionId) ? "appointment_not_found" : "action_not_found");
    }

    /// <summary>False when the same message was recorded meanwhile.</summary>
    private static async Task<bool> RecordAsync(
        NpgsqlConnection connection, GatewayEvent.StatusUpdated message, Guid? appointment, string? old, string? now, string outcome, string reply,
        CancellationToken cancellationToken)
    {
        var data = message.Data;
        await using var insert = connection.Command("""
            INSERT INTO status_events (message_id, action_id, accession_number, study_instance_uid, mpps_instance_uid, status, occurred_at,
                appointment_id, old_state, new_state, outcome, reply)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (message_id) DO NOTHING
            """, string.IsNullOrEmpty(message.MessageId) ? null : message.MessageId, data.ActionId, data.AccessionNumber, data.StudyInstanceUid,
            data.MppsInstanceUid, data.Status, message.Timestamp?.ToUniversalTime(), appointment, old, now, outcome, reply);
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>An exam that begins proves that its order arrived, whatever became of the reply.</summary>
    private static async Task ConfirmActionAsync(NpgsqlConnection connection, string? actionId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(actionId, out var id))
            return;
        await using var update = connection.Command("""
            UPDATE gateway_actions SET delivered_at = coalesce(delivered_at, now()), confirmed_at = now(), due_at = NULL
            WHERE id = $1 AND confirmed_at IS NULL
            """, id);
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<EventReply> AgainAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await EarlierReplyAsync(connection, message, cancellationToken)
            ?? EventReply.Error(message.MessageId, "The same message is being worked on; send it again.");
    }

    /// <summary>What the same message was answered before.</summary>
    private static async Task<EventReply?> EarlierReplyAsync(NpgsqlConnection connection, GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(message.MessageId))
            return null;
        await using var query = connection.Command(
            "SELECT reply, action_id, appointment_id, old_state, new_state FROM status_events WHERE message_id = $1", message.MessageId);
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
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
