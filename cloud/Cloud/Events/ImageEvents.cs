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
        // Images of a study come one after the other, so that the first makes it and all others find it
        await using (var hold = connection.Command("SELECT pg_advisory_xact_lock(hashtextextended($1, 7))", image.Study.StudyInstanceUid))
            await hold.ExecuteNonQueryAsync(cancellationToken);

        var study = await StudyMatching.FindOrMakeAsync(connection, message, cancellationToken);
        var series = await SeriesAsync(connection, study.Id, image.Series, cancellationToken);
        var imageId = Guid.CreateVersion7();
        var setAside = StudyMatching.IsOtherPerson(study.NhsNumber, image.Participant?.NhsNumber)
            ? "This image names another NHS number than the first of its study." : null;
        if (!await InsertAsync(connection, imageId, series, id, setAside, image.Image, jpeg, size, cancellationToken))
            return (EventReply.AlreadyExists(id), null);

        var shown = setAside is null && study.AppointmentId is not null;
        if (shown)
        {
            await LiveEvent.AppendImageAsync(connection, study.ClinicId!.Value, study.AppointmentId!.Value, new(
                LiveEvent.NewImage, imageId, study.AppointmentId.Value, image.Study.StudyInstanceUid, image.Series.SeriesInstanceUid,
                image.Image.SopInstanceUid, image.Image.Acquisition?.Laterality, image.Image.Acquisition?.ViewPosition,
                jpeg is null ? null : $"/api/image/{imageId}/thumbnail", image.Image.ReceivedAt ?? message.Timestamp ?? DateTimeOffset.UnixEpoch), cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        if (shown)
            signals.LiveCommitted();
        if (setAside is not null)
            Log.ImageSetAside(logger, image.Image.SopInstanceUid);
        if (study is { IsNew: true, Flag: not null })
            Log.StudyFlagged(logger, image.Study.StudyInstanceUid);
        return (EventReply.Created(id), note);
    }

    private static async Task<Guid> SeriesAsync(NpgsqlConnection connection, Guid study, ImageSeries series, CancellationToken cancellationToken)
    {
        await using var insert = connection.Command("""
            INSERT INTO series (id, study_id, series_instance_uid, series_number, series_description) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (study_id, series_instance_uid) DO UPDATE SET series_number = coalesce(series.series_number, excluded.series_number)
            RETURNING id
            """, Guid.CreateVersion7(), study, series.SeriesInstanceUid, series.SeriesNumber, series.SeriesDescription);
        return (Guid)(await insert.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>False when there is an image of that UID.</summary>
    private static async Task<bool> InsertAsync(
        NpgsqlConnection connection, Guid id, Guid series, string messageId, string? setAside, ImageInstance image, byte[]? jpeg,
        (int Width, int Height)? size, CancellationToken cancellationToken)
    {
        await using var insert = connection.Command("""
            INSERT INTO images (id, series_id, sop_instance_uid, message_id, set_aside, instance_number, rows, columns, view_position, laterality,
                organ_dose, entrance_dose_in_mgy, kvp, exposure_in_uas, anode_target_material, filter_material, filter_thickness,
                thumbnail, thumbnail_width, thumbnail_height, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, coalesce($21, now()))
            ON CONFLICT (sop_instance_uid) DO NOTHING
            """, id, series, image.SopInstanceUid, messageId, setAside, image.InstanceNumber, image.Dimensions?.Rows, image.Dimensions?.Columns,
            image.Acquisition?.ViewPosition, image.Acquisition?.Laterality, image.Dose?.OrganDose, image.Dose?.EntranceDoseInMgy, image.Dose?.Kvp,
            image.Dose?.ExposureInUas, image.Dose?.AnodeTargetMaterial, image.Dose?.FilterMaterial, image.Dose?.FilterThickness,
            jpeg, size?.Width, size?.Height, image.ReceivedAt?.ToUniversalTime());
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
