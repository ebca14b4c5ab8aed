using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>mpps.status_update: moves the appointment by the state table, and records every message, once.</summary>
internal sealed class StatusEvents : IDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly Signals _signals;
    private readonly ILogger<StatusEvents> _logger;
    private readonly StatusQueue _queue;

    public StatusEvents(NpgsqlDataSource database, Signals signals, ILogger<StatusEvents> logger)
    {
        (_database, _signals, _logger) = (database, signals, logger);
        _queue = new(TakeAllAsync);
    }

    public Task<EventReply> TakeAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken) =>
        StateTable.EventOf(message.Data.Status) is null ? Task.FromResult(EventReply.UnknownStatus(message.Data.ActionId)) : _queue.TakeAsync(message, cancellationToken);

    public void Dispose() => _queue.Dispose();

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

    /// <summary>All in one transaction; if that fails for one of them, each in its own.</summary>
    private async Task TakeAllAsync(IReadOnlyList<WaitingStatus> batch)
    {
        try
        {
            if (await TryTakeAsync(batch))
                return;
        }
        catch (NpgsqlException error) when (error is not PostgresException || batch.Count == 1)
        {
            Fail(batch, error);
            return;
        }
        catch (PostgresException)
        {
            // One of them; which, is seen below
        }
        catch (Exception error)
        {
            Fail(batch, error);
            return;
        }
        foreach (var one in batch)
        {
            if (batch.Count > 1)
                await TakeAllAsync([one]);
            else
                one.Reply.TrySetResult(EventReply.Error(one.Message.MessageId, "The same message is being worked on; send it again."));
        }
    }

    private static void Fail(IReadOnlyList<WaitingStatus> batch, Exception error)
    {
        foreach (var one in batch)
            one.Reply.TrySetException(error);
    }

    /// <summary>False if one of the messages was recorded by another instance meanwhile: nothing was done, and the next try finds it.</summary>
    private async Task<bool> TryTakeAsync(IReadOnlyList<WaitingStatus> batch)
    {
        // Not a caller's token: the others' messages are not to fail because one sender has left
        await using var connection = await _database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var (known, held) = await StatusBatch.AskAsync(connection, [.. batch.Select(one => one.Message)], CancellationToken.None);
        var (records, replies) = (new List<StatusRecord>(batch.Count), new EventReply[batch.Count]);
        var inThisBatch = new Dictionary<string, EventReply>(StringComparer.Ordinal);
        for (var at = 0; at < batch.Count; at++)
        {
            var message = batch[at].Message;
            var id = StatusBatch.IdOf(message);
            if ((known[at].Earlier ?? (id is null ? null : inThisBatch.GetValueOrDefault(id))) is { } earlier)
            {
                replies[at] = earlier;
                continue;
            }
            var record = Decide(message, known[at], held);
            records.Add(record);
            replies[at] = ReplyTo(record);
            if (id is not null)
                inThisBatch[id] = replies[at];
        }
        if (records.Count > 0)
        {
            if (!await StatusBatch.WriteAsync(connection, records, CancellationToken.None))
                return false;
            await transaction.CommitAsync(CancellationToken.None);
        }
        if (records.Exists(record => record.Outcome == Word(MoveOutcome.Moved)))
            _signals.LiveCommitted();
        foreach (var refused in records.Where(record => record.Outcome == Word(MoveOutcome.Refused)))
            Log.MoveRefused(_logger, refused.Appointment!.Id, AppointmentStates.Name(refused.Appointment.State), refused.Message.Data.Status);
        for (var at = 0; at < batch.Count; at++)
            batch[at].Reply.TrySetResult(replies[at]);
        return true;
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

    private static EventReply ReplyTo(StatusRecord record)
    {
        var data = record.Message.Data;
        if (record.Appointment is not { } appointment)
            return StatusBatch.Unmatched(record.Reply, data.ActionId);
        var (old, now) = (AppointmentStates.Name(appointment.State), AppointmentStates.Name(record.Next!.Value));
        var reply = EventReply.Updated(data.ActionId, appointment.Id.ToString(), old, now);
        return record.Outcome != Word(MoveOutcome.Refused) ? reply
            : reply with { Message = $"{data.Status} after {old} is against the rules; it is recorded and changes nothing." };
    }

    private static string Word(MoveOutcome outcome) => outcome switch
    {
        MoveOutcome.Moved => "moved",
        MoveOutcome.Repeated => "repeated",
        MoveOutcome.Late => "late",
        MoveOutcome.Refused => "refused",
    };
}
