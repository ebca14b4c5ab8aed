using Gantry.Cloud.Appointments;
using Gantry.Cloud.Data;
using Gantry.Cloud.Events;
using Gantry.Cloud.Live;
using Npgsql;

namespace Gantry.Cloud.Studies;

/// <summary>A person says to which appointment a study belongs. What was told of its exam meanwhile then counts for the appointment.</summary>
internal sealed class StudyMatch(NpgsqlDataSource database, Signals signals, ILogger<StudyMatch> logger)
{
    /// <summary>False when the study has an appointment already, or one of the two is not there.</summary>
    public async Task<bool> AttachAsync(Guid study, Guid appointment, string admin, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var find = connection.Command("SELECT study_instance_uid FROM studies WHERE id = $1", study);
        if (await find.ExecuteScalarAsync(cancellationToken) is not string uid)
            return false;
        // The lock of its images: none comes in between, and belongs to nobody
        await using (var hold = connection.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", uid))
            await hold.ExecuteNonQueryAsync(cancellationToken);
        await using (var attach = connection.Command("""
            UPDATE studies SET appointment_id = $2, matched_by = $3, matched_at = now()
            WHERE id = $1 AND appointment_id IS NULL AND EXISTS (SELECT FROM appointments WHERE id = $2)
            """, study, appointment, admin))
        {
            if (await attach.ExecuteNonQueryAsync(cancellationToken) == 0)
                return false;
        }
        var (state, clinic) = await StatusEvents.LockAsync(connection, appointment, cancellationToken);
        var now = state;
        foreach (var status in await StatusesAsync(connection, uid, appointment, cancellationToken))
        {
            // Its exam took place: it was sent, if not by us
            if (now == AppointmentState.CheckedIn)
                now = StateTable.Move(now, ExamEvent.Sent).Next;
            if (StateTable.EventOf(status) is { } happened)
                now = StateTable.Move(now, happened).Next;
        }
        if (now != state)
            await StatusEvents.MoveAsync(connection, clinic, appointment, now, cancellationToken);
        await AnnounceImagesAsync(connection, clinic, appointment, study, uid, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.LiveCommitted();
        Log.StudyMatched(logger, admin, study, appointment);
        return true;
    }

    private static async Task<IReadOnlyList<string>> StatusesAsync(NpgsqlConnection connection, string uid, Guid appointment, CancellationToken cancellationToken)
    {
        await using var take = connection.Command("""
            WITH told AS (UPDATE status_events SET appointment_id = $2, outcome = 'moved' WHERE study_instance_uid = $1 AND outcome = 'unmatched' RETURNING id, status)
            SELECT status FROM told ORDER BY id
            """, uid, appointment);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var statuses = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            statuses.Add(reader.GetString(0));
        return statuses;
    }

    private static async Task AnnounceImagesAsync(
        NpgsqlConnection connection, Guid clinic, Guid appointment, Guid study, string uid, CancellationToken cancellationToken)
    {
        var images = new List<ImagePayload>();
        await using (var query = connection.Command("""
            SELECT image.id, series.series_instance_uid, image.sop_instance_uid, image.laterality, image.view_position, image.thumbnail IS NOT NULL, image.received_at
            FROM images AS image JOIN series ON series.id = image.series_id WHERE series.study_id = $1 AND image.set_aside IS NULL ORDER BY image.received_at
            """, study))
        {
            await using var reader = await query.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                images.Add(new(LiveEvent.NewImage, reader.GetGuid(0), appointment, uid, reader.GetString(1), reader.GetString(2),
                    reader.IsDBNull(3) ? null : reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.GetBoolean(5) ? $"/api/image/{reader.GetGuid(0)}/thumbnail" : null, reader.GetFieldValue<DateTimeOffset>(6)));
            }
        }
        foreach (var image in images)
            await LiveEvent.AppendImageAsync(connection, clinic, appointment, image, cancellationToken);
    }
}
