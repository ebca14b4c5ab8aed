using System.Text;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Gateways;

/// <summary>What became of a click on 'Send to modality'.</summary>
internal enum SendOutcome
{
    Sent,
    AlreadySent,
    NotFound,
    NoGateway,
    NotInThisState,
}

/// <summary>
/// Makes the order that a modality is to see. Order, new state and what pages show are one transaction; the delivery follows.
/// </summary>
internal sealed class SendToModality(NpgsqlDataSource database, Signals signals, TimeProvider time)
{
    private const int Tries = 3;

    public async Task<SendOutcome> SendAsync(Guid clinicId, Guid appointmentId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await AttemptAsync(clinicId, appointmentId, cancellationToken);
                if (outcome == SendOutcome.Sent)
                {
                    signals.LiveCommitted();
                    signals.ActionCommitted();
                }
                return outcome;
            }
            catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation } && attempt < Tries)
            {
                // The accession number was drawn before; draw another
            }
        }
    }

    private async Task<SendOutcome> AttemptAsync(Guid clinicId, Guid appointmentId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await ReadAsync(connection, clinicId, appointmentId, cancellationToken) is not { } order)
            return SendOutcome.NotFound;
        var (next, outcome) = StateTable.Move(order.State, ExamEvent.Sent);
        if (outcome != MoveOutcome.Moved)
            return outcome == MoveOutcome.Repeated ? SendOutcome.AlreadySent : SendOutcome.NotInThisState;
        if (order.Gateway is not { } gateway)
            return SendOutcome.NoGateway;

        var actionId = Guid.NewGuid();
        var now = time.GetUtcNow();
        var (accession, procedure) = order.Accession is { } kept ? (kept, order.Procedure ?? kept) : AccessionNumbers.Make(order.Date);
        var message = Message(actionId, now, appointmentId, order, accession, procedure);
        await using (var number = connection.Command(
            "UPDATE appointments SET accession_number = $2, requested_procedure_id = $3 WHERE id = $1", appointmentId, accession, procedure))
            await number.ExecuteNonQueryAsync(cancellationToken);
        await using (var insert = connection.Command("""
            INSERT INTO gateway_actions (id, gateway_id, appointment_id, type, payload, created_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, now())
            """, actionId, gateway, appointmentId, message.ActionType, Encoding.UTF8.GetString(message.ToJson()), now))
            await insert.ExecuteNonQueryAsync(cancellationToken);
        await StatusEvents.MoveAsync(connection, clinicId, appointmentId, next, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return SendOutcome.Sent;
    }

    private static GatewayAction.CreateItem Message(Guid id, DateTimeOffset now, Guid appointment, OrderRow order, string accession, string procedure) =>
        new GatewayAction.CreateItem(new()
        {
            AccessionNumber = accession,
            RequestedProcedureId = procedure,
            Participant = new() { NhsNumber = order.Participant.NhsNumber, Name = order.Participant.DicomName, BirthDate = $"{order.Participant.BirthDate:yyyyMMdd}", Sex = order.Participant.Sex },
            Scheduled = new() { Date = $"{order.Date:yyyyMMdd}", Time = $"{order.Time:HHmmss}" },
            Procedure = new() { Modality = "MG", StudyDescription = "Screening Mammography" },
        })
        {
            ActionId = id.ToString(),
            Timestamp = now,
            SourceSystem = "manage-breast-screening",
            SourceReference = new() { AppointmentId = appointment.ToString(), ParticipantId = order.Participant.NhsNumber },
        };

    private sealed record OrderRow(
        AppointmentState State, string? Accession, string? Procedure, DateOnly Date, TimeOnly Time, Guid? Gateway, Participant Participant);

    private static async Task<OrderRow?> ReadAsync(NpgsqlConnection connection, Guid clinic, Guid appointment, CancellationToken cancellationToken)
    {
        await using var query = connection.Command("""
            SELECT appointment.state, appointment.accession_number, appointment.requested_procedure_id, clinic.date, slot.starts_at, provider.gateway_id,
                participant.nhs_number, participant.first_name, participant.last_name, participant.birth_date, participant.sex
            FROM appointments AS appointment JOIN clinic_slots AS slot ON slot.id = appointment.slot_id
            JOIN clinics AS clinic ON clinic.id = slot.clinic_id JOIN providers AS provider ON provider.id = clinic.provider_id
            JOIN participants AS participant ON participant.id = appointment.participant_id
            WHERE appointment.id = $1 AND clinic.id = $2 FOR UPDATE OF appointment
            """, appointment, clinic);
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        return new(AppointmentStates.Parse(reader.GetString(0)), reader.IsDBNull(1) ? null : reader.GetString(1),
            reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<DateOnly>(3), reader.GetFieldValue<TimeOnly>(4),
            reader.IsDBNull(5) ? null : reader.GetGuid(5), new()
            {
                Id = Guid.Empty, NhsNumber = reader.GetString(6), FirstName = reader.GetString(7), LastName = reader.GetString(8),
                BirthDate = reader.GetFieldValue<DateOnly>(9), Sex = reader.GetString(10),
            });
    }
}
