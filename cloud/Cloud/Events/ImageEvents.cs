using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Npgsql;

namespace Gantry.Cloud.Events;

/// <summary>study.image_received: keeps each image once, with its study, which belongs to an appointment or waits for a person to say so.</summary>
internal sealed class ImageEvents(NpgsqlDataSource database, Signals signals, ILogger<ImageEvents> logger)
{
    /// <summary>The reply, and what the admin should know although the image was kept.</summary>
    public async Task<(EventReply Reply, string? Note)> TakeAsync(GatewayEvent.ImageReceived message, CancellationToken cancellationToken)
    {
        var image = message.Image;
        var id = message.MessageId!;
        var note = default(string);
        (int Width, int Height)? size = null;
        var jpeg = default(byte[]);
        if (!string.IsNullOrEmpty(image.Image.Thumbnail?.Data))
        {
            size = image.Image.Thumbnail.TryGetJpeg(out jpeg) ? JpegCheck.Size(jpeg) : null;
            if (size is null)
                (jpeg, note) = (null, "parameters.image.thumbnail.data is no JPEG of at most 256 KiB and 2048 pixels; the image was kept without it.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var study = await StudyMatching.FindOrMakeAsync(connection, message, cancellationToken);
        var imageId = Guid.CreateVersion7();
        var setAside = StudyMatching.IsOtherPerson(study.NhsNumber, image.Participant?.NhsNumber)
            ? "This image names another NHS number than the first of its study." : null;
        var shown = setAside is null && study.AppointmentId is not null;
        var told = !shown ? null : LiveEvent.ImagePayload(new(
            LiveEvent.NewImage, imageId, study.AppointmentId!.Value, image.Study.StudyInstanceUid, image.Series.SeriesInstanceUid,
            image.Image.SopInstanceUid, image.Image.Acquisition?.Laterality, image.Image.Acquisition?.ViewPosition,
            jpeg is null ? null : $"/api/image/{imageId}/thumbnail", image.Image.ReceivedAt ?? message.Timestamp ?? DateTimeOffset.UnixEpoch));
        if (!await WriteAsync(connection, imageId, study, message, setAside, jpeg, size, told, cancellationToken))
            return (EventReply.AlreadyExists(id), null);
        await transaction.CommitAsync(cancellationToken);
        if (shown)
            signals.LiveCommitted();
        if (setAside is not null)
            Log.ImageSetAside(logger, image.Image.SopInstanceUid);
        if (study is { IsNew: true, Flag: not null })
            Log.StudyFlagged(logger, image.Study.StudyInstanceUid);
        return (EventReply.Created(id), note);
    }

    /// <summary>
    /// In one round trip: the series, unless it is there, the image, and what pages show of it. False when there is an image of that UID;
    /// then nothing may be committed.
    /// </summary>
    private static async Task<bool> WriteAsync(
        NpgsqlConnection connection, Guid id, FoundStudy study, GatewayEvent.ImageReceived message, string? setAside, byte[]? jpeg,
        (int Width, int Height)? size, string? told, CancellationToken cancellationToken)
    {
        var (series, image) = (message.Image.Series, message.Image.Image);
        await using var insert = connection.Command("""
            WITH place AS (
                INSERT INTO series (id, study_id, series_instance_uid, series_number, series_description) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (study_id, series_instance_uid) DO UPDATE SET series_number = coalesce(series.series_number, excluded.series_number)
                RETURNING id),
            kept AS (
                INSERT INTO images (id, series_id, sop_instance_uid, message_id, set_aside, instance_number, rows, columns, view_position, laterality,
                    organ_dose, entrance_dose_in_mgy, kvp, exposure_in_uas, anode_target_material, filter_material, filter_thickness,
                    thumbnail, thumbnail_width, thumbnail_height, received_at)
                SELECT $6::uuid, place.id, $7::text, $8::text, $9::text, $10::text, $11::integer, $12::integer, $13::text, $14::text,
                    $15::text, $16::text, $17::text, $18::text, $19::text, $20::text, $21::text,
                    $22::bytea, $23::integer, $24::integer, coalesce($25::timestamptz, now())
                FROM place ON CONFLICT (sop_instance_uid) DO NOTHING RETURNING id),
            told AS (
                INSERT INTO live_events (clinic_id, appointment_id, type, payload)
                SELECT $26::uuid, $27::uuid, $28::text, $29::text FROM kept WHERE $29::text IS NOT NULL)
            SELECT id FROM kept
            """, Guid.CreateVersion7(), study.Id, series.SeriesInstanceUid, series.SeriesNumber, series.SeriesDescription,
            id, image.SopInstanceUid, message.MessageId, setAside, image.InstanceNumber, image.Dimensions?.Rows, image.Dimensions?.Columns,
            image.Acquisition?.ViewPosition, image.Acquisition?.Laterality, image.Dose?.OrganDose, image.Dose?.EntranceDoseInMgy, image.Dose?.Kvp,
            image.Dose?.ExposureInUas, image.Dose?.AnodeTargetMaterial, image.Dose?.FilterMaterial, image.Dose?.FilterThickness,
            jpeg, size?.Width, size?.Height, image.ReceivedAt?.ToUniversalTime(), study.ClinicId, study.AppointmentId, LiveEvent.NewImage, told);
        return await insert.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
