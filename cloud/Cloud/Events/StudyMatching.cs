using Gantry.Cloud.Clinics;
using Gantry.Cloud.Data;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>A study as an image finds it.</summary>
internal sealed record FoundStudy(Guid Id, Guid? AppointmentId, Guid? ClinicId, string? NhsNumber, string? Flag, bool IsNew);

/// <summary>
/// Which appointment a study belongs to: the action's, else the accession number's, and only if the NHS number agrees. What does
/// not agree is kept apart with a flag, for a person to decide.
/// </summary>
internal static class StudyMatching
{
    /// <summary>
    /// Takes the study's lock: images of a study come one after the other, so that the first makes it and all others find it.
    /// </summary>
    public static async Task<FoundStudy> FindOrMakeAsync(NpgsqlConnection connection, GatewayEvent.ImageReceived message, CancellationToken cancellationToken)
    {
        var study = message.Image.Study;
        await using (var query = connection.Batch((Sql.ByIndex, []), ("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", [study.StudyInstanceUid]), ("""
            SELECT study.id, study.appointment_id, slot.clinic_id, study.nhs_number, study.flag FROM studies AS study
            LEFT JOIN appointments AS appointment ON appointment.id = study.appointment_id
            LEFT JOIN clinic_slots AS slot ON slot.id = appointment.slot_id WHERE study.study_instance_uid = $1
            """, [study.StudyInstanceUid])))
        {
            await using var reader = await query.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken))
            {
                return new(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4), false);
            }
        }

        var suspect = await SuspectAsync(connection, message, cancellationToken);
        var nhsNumber = message.Image.Participant?.NhsNumber;
        var flag = suspect is null ? null : Objection(suspect.Value.NhsNumber, nhsNumber);
        var appointment = flag is null ? suspect?.Appointment : null;
        var id = Guid.CreateVersion7();
        await using var insert = connection.Command("""
            INSERT INTO studies (id, study_instance_uid, appointment_id, flag, suspected_appointment_id, accession_number, nhs_number, patient_name,
                modality, study_date, study_time, study_description, source_action_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, id, study.StudyInstanceUid, appointment, flag, flag is null ? null : suspect?.Appointment, study.AccessionNumber, nhsNumber,
            message.Image.Participant?.PatientName, study.Modality, study.StudyDate, study.StudyTime, study.StudyDescription,
            message.SourceReference?.ActionId);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        return new(id, appointment, appointment is null ? null : suspect?.Clinic, nhsNumber, flag, true);
    }

    /// <summary>True when both say a number and it is not the same.</summary>
    public static bool IsOtherPerson(string? one, string? other) =>
        NhsNumber.Plain(one) is { Length: > 0 } left && NhsNumber.Plain(other) is { Length: > 0 } right && left != right;

    private static string? Objection(string expected, string? found) =>
        NhsNumber.Plain(found).Length == 0 ? "The images name no NHS number, so nobody can say whether they are this participant's."
        : IsOtherPerson(expected, found) ? "The images name another NHS number than the participant of this appointment has."
        : null;

    private static async Task<(Guid Appointment, Guid Clinic, string NhsNumber)?> SuspectAsync(
        NpgsqlConnection connection, GatewayEvent.ImageReceived message, CancellationToken cancellationToken)
    {
        Guid? action = Guid.TryParse(message.SourceReference?.ActionId, out var id) ? id : null;
        await using var query = connection.Command("""
            SELECT appointment.id, slot.clinic_id, participant.nhs_number
            FROM appointments AS appointment JOIN clinic_slots AS slot ON slot.id = appointment.slot_id
            JOIN participants AS participant ON participant.id = appointment.participant_id
            WHERE appointment.id = coalesce((SELECT appointment_id FROM gateway_actions WHERE id = $1::uuid),
                                            (SELECT id FROM appointments WHERE accession_number = nullif($2::text, '')))
            """, action, message.Image.Study.AccessionNumber?.Trim());
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)) : null;
    }
}
