using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>An appointment whose row we hold.</summary>
internal sealed record HeldAppointment(Guid Id, AppointmentState State, Guid ClinicId, string NhsNumber);

/// <summary>What is known of a message before it is worked on.</summary>
/// <param name="Earlier">What the same message was answered before; null if it is new.</param>
/// <param name="Appointment">Whose exam it tells of; null if that cannot be told.</param>
/// <param name="IsActionKnown">We have sent the action that it names.</param>
internal sealed record StatusQuestion(EventReply? Earlier, Guid? Appointment, bool IsActionKnown);

/// <summary>What is written of a message.</summary>
internal sealed record StatusRecord(GatewayEvent.StatusUpdated Message, HeldAppointment? Appointment, AppointmentState? Next, string Outcome, string Reply);

/// <summary>The SQL of status messages, any number of them in one round trip.</summary>
internal static class StatusBatch
{
    // The action's appointment; the accession number's where there is no such action
    private const string Inputs = """
        unnest($1::integer[], $2::uuid[], $3::text[]) AS input (place, action, accession)
        LEFT JOIN gateway_actions AS action ON action.id = input.action
        LEFT JOIN appointments AS numbered ON action.id IS NULL AND numbered.accession_number = input.accession
        """;

    private const string Resolve = $"SELECT input.place, action.id IS NOT NULL, coalesce(action.appointment_id, numbered.id) FROM {Inputs}";

    private const string Hold = $"""
        SELECT appointment.id, appointment.state, slot.clinic_id, participant.nhs_number FROM appointments AS appointment
        JOIN clinic_slots AS slot ON slot.id = appointment.slot_id
        JOIN participants AS participant ON participant.id = appointment.participant_id
        WHERE appointment.id IN (SELECT coalesce(action.appointment_id, numbered.id) FROM {Inputs})
        ORDER BY appointment.id FOR UPDATE OF appointment
        """;

    // Who waits for no one else's appointment holds up none of the other messages, and is part of no deadlock
    private const string HoldWhatIsFree = $"{Hold} SKIP LOCKED";

    // Asked after the appointments are held: what others recorded of them is seen
    private const string Earlier = """
        SELECT message_id, reply, action_id, appointment_id, old_state, new_state, outcome, status FROM status_events WHERE message_id = ANY ($1::text[])
        """;

    private const string Write = $"""
        WITH recorded AS (
            INSERT INTO status_events (message_id, action_id, accession_number, study_instance_uid, mpps_instance_uid, status, occurred_at,
                appointment_id, old_state, new_state, outcome, reply)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[])
            ON CONFLICT (message_id) DO NOTHING RETURNING id),
        moved AS (
            UPDATE appointments SET state = move.state, state_changed_at = now()
            FROM unnest($13::uuid[], $14::text[]) AS move (id, state) WHERE appointments.id = move.id),
        told AS (
            INSERT INTO live_events (clinic_id, appointment_id, type, payload)
            SELECT event.clinic, event.appointment, '{LiveEvent.StatusChange}', event.payload
            FROM unnest($15::uuid[], $16::uuid[], $17::text[]) WITH ORDINALITY AS event (clinic, appointment, payload, place) ORDER BY event.place),
        confirmed AS (
            UPDATE gateway_actions SET delivered_at = coalesce(delivered_at, now()), confirmed_at = now(), due_at = NULL
            WHERE id = ANY ($18::uuid[]) AND confirmed_at IS NULL)
        SELECT count(*) FROM recorded
        """;

    /// <summary>What is known of each message, and the appointments that they tell of, held until the transaction ends.</summary>
    /// <param name="connection">Within a transaction.</param>
    /// <param name="messages">With statuses that we know.</param>
    /// <param name="isPatient">Waits for appointments that others hold; without it they are missing among those held.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<(IReadOnlyList<StatusQuestion> Known, Dictionary<Guid, HeldAppointment> Held)> AskAsync(
        NpgsqlConnection connection, IReadOnlyList<GatewayEvent.StatusUpdated> messages, bool isPatient, CancellationToken cancellationToken)
    {
        object?[] inputs =
        [
            Enumerable.Range(0, messages.Count).ToArray(), messages.Select(message => ActionOf(message.Data)).ToArray(),
            messages.Select(message => message.Data.AccessionNumber?.Trim() is { Length: > 0 } number ? number : null).ToArray(),
        ];
        await using var questions = connection.Batch(
            (Sql.ByIndex, []), (Resolve, inputs), (isPatient ? Hold : HoldWhatIsFree, inputs), (Earlier, [messages.Select(IdOf).OfType<string>().ToArray()]));
        await using var reader = await questions.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var found = new (Guid? Appointment, bool IsActionKnown)[messages.Count];
        while (await reader.ReadAsync(cancellationToken))
            found[reader.GetInt32(0)] = (reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetBoolean(1));
        await reader.NextResultAsync(cancellationToken);
        var held = new Dictionary<Guid, HeldAppointment>();
        while (await reader.ReadAsync(cancellationToken))
            held[reader.GetGuid(0)] = new(reader.GetGuid(0), AppointmentStates.Parse(reader.GetString(1)), reader.GetGuid(2), reader.GetString(3));
        await reader.NextResultAsync(cancellationToken);
        var earlier = new Dictionary<string, EventReply>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
            earlier[reader.GetString(0)] = ReadReply(reader);
        return ([.. messages.Select((message, at) =>
            new StatusQuestion(IdOf(message) is { } id ? earlier.GetValueOrDefault(id) : null, found[at].Appointment, found[at].IsActionKnown))], held);
    }

    /// <summary>
    /// Writes the records, the appointments' new states with what pages show of them, and that the actions arrived: an exam that begins proves
    /// it. False if a message was recorded by another meanwhile; then nothing may be committed.
    /// </summary>
    public static async Task<bool> WriteAsync(NpgsqlConnection connection, IReadOnlyList<StatusRecord> taken, CancellationToken cancellationToken)
    {
        // Those of an exam in their order, which its row keeps for us alone; of the others two instances may write the same, and in the same order
        var records = taken.Where(record => record.Appointment is not null)
            .Concat(taken.Where(record => record.Appointment is null).OrderBy(record => IdOf(record.Message), StringComparer.Ordinal)).ToList();
        var found = records.Where(record => record.Appointment is not null).ToList();
        var moves = found.Where(record => record.Next != record.Appointment!.State).ToList();
        // Several of one exam: the last state is the appointment's, each is told
        var last = moves.GroupBy(record => record.Appointment!.Id).Select(group => group.Last()).ToList();
        await using var write = connection.Command(
            Write, All(record => IdOf(record.Message)), All(record => record.Message.Data.ActionId), All(record => record.Message.Data.AccessionNumber),
            All(record => record.Message.Data.StudyInstanceUid), All(record => record.Message.Data.MppsInstanceUid), All(record => record.Message.Data.Status),
            All(record => record.Message.Timestamp?.ToUniversalTime()), All(record => record.Appointment?.Id), All(record => Name(record.Appointment?.State)),
            All(record => Name(record.Next)), All(record => record.Outcome), All(record => record.Reply),
            last.Select(record => record.Appointment!.Id).ToArray(), last.Select(record => Name(record.Next)).ToArray(),
            moves.Select(record => record.Appointment!.ClinicId).ToArray(), moves.Select(record => record.Appointment!.Id).ToArray(),
            moves.Select(record => LiveEvent.StatusPayload(record.Appointment!.Id, record.Next!.Value)).ToArray(),
            found.Select(record => ActionOf(record.Message.Data)).OfType<Guid>().ToArray());
        return await write.ExecuteScalarAsync(cancellationToken) is long count && count == records.Count;

        T[] All<T>(Func<StatusRecord, T> value) => [.. records.Select(value)];
    }

    /// <summary>Null for a message without an id, which is none of the earlier ones.</summary>
    public static string? IdOf(GatewayEvent.StatusUpdated message) => string.IsNullOrEmpty(message.MessageId) ? null : message.MessageId;

    /// <summary>The reply to a message of which this is written, the first time and whenever it comes again.</summary>
    public static EventReply ReplyTo(StatusRecord record) => Reply(
        record.Reply, record.Message.Data.ActionId, record.Appointment?.Id, Name(record.Appointment?.State), Name(record.Next), record.Outcome, record.Message.Data.Status);

    private static EventReply ReadReply(NpgsqlDataReader reader) => Reply(
        reader.GetString(1), Text(reader, 2), reader.IsDBNull(3) ? null : reader.GetGuid(3), Text(reader, 4), Text(reader, 5), reader.GetString(6), reader.GetString(7));

    private static EventReply Reply(string reply, string? actionId, Guid? appointment, string? old, string? now, string outcome, string status) => reply switch
    {
        "updated" => EventReply.Updated(actionId, appointment.ToString()!, old!, now!) with
        {
            Message = outcome == "refused" ? $"{status} after {old} is against the rules; it is recorded and changes nothing." : null,
        },
        "no_appointment_id" => EventReply.NoAppointmentId(actionId),
        "appointment_not_found" => EventReply.AppointmentNotFound(actionId),
        _ => EventReply.ActionNotFound(actionId),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static string? Name(AppointmentState? state) => state is { } known ? AppointmentStates.Name(known) : null;

    private static Guid? ActionOf(StatusUpdate data) => Guid.TryParse(data.ActionId, out var id) ? id : null;
}
