using Gantry.Contracts;

namespace Gantry.Cloud.Events;

/// <summary>How long the texts of a message may be, and that the database can hold them.</summary>
internal static class EventLimits
{
    private const int Id = 128;
    private const int Uid = 64; // UI, PS3.5 6.2
    private const int Short = 64;
    private const int Name = 400;
    private const int Long = 1024;

    /// <summary>The first thing that is wrong, or null.</summary>
    public static MessageError? Check(GatewayEvent message) => message switch
    {
        GatewayEvent.StatusUpdated status => Check(status.MessageId, status.Data),
        GatewayEvent.ImageReceived image => Check(image.MessageId, image.Image, image.SourceReference),
        _ => null,
    };

    private static MessageError? Check(string? id, StatusUpdate data) => First(id,
        ("message_id", id, Id),
        ("data.action_id", data.ActionId, Id),
        ("data.accession_number", data.AccessionNumber, Short),
        ("data.mpps_instance_uid", data.MppsInstanceUid, Uid),
        ("data.study_instance_uid", data.StudyInstanceUid, Uid));

    private static MessageError? Check(string? id, ReceivedImage image, SourceReference? source) => First(id,
        ("message_id", id, Id),
        ("source_reference.action_id", source?.ActionId, Id),
        ("parameters.participant.nhs_number", image.Participant?.NhsNumber, Short),
        ("parameters.participant.patient_name", image.Participant?.PatientName, Name),
        ("parameters.study.accession_number", image.Study.AccessionNumber, Short),
        ("parameters.study.study_instance_uid", image.Study.StudyInstanceUid, Uid),
        ("parameters.study.modality", image.Study.Modality, Short),
        ("parameters.study.study_date", image.Study.StudyDate, Short),
        ("parameters.study.study_time", image.Study.StudyTime, Short),
        ("parameters.study.study_description", image.Study.StudyDescription, Long),
        ("parameters.series.series_instance_uid", image.Series.SeriesInstanceUid, Uid),
        ("parameters.series.series_number", image.Series.SeriesNumber, Short),
        ("parameters.series.series_description", image.Series.SeriesDescription, Long),
        ("parameters.image.sop_instance_uid", image.Image.SopInstanceUid, Uid),
        ("parameters.image.instance_number", image.Image.InstanceNumber, Short),
        ("parameters.image.acquisition.view_position", image.Image.Acquisition?.ViewPosition, Short),
        ("parameters.image.acquisition.laterality", image.Image.Acquisition?.Laterality, Short),
        ("parameters.image.dose.organ_dose", image.Image.Dose?.OrganDose, Short),
        ("parameters.image.dose.entrance_dose_in_mgy", image.Image.Dose?.EntranceDoseInMgy, Short),
        ("parameters.image.dose.kvp", image.Image.Dose?.Kvp, Short),
        ("parameters.image.dose.exposure_in_uas", image.Image.Dose?.ExposureInUas, Short),
        ("parameters.image.dose.anode_target_material", image.Image.Dose?.AnodeTargetMaterial, Short),
        ("parameters.image.dose.filter_material", image.Image.Dose?.FilterMaterial, Short),
        ("parameters.image.dose.filter_thickness", image.Image.Dose?.FilterThickness, Short));

    private static MessageError? First(string? id, params ReadOnlySpan<(string Field, string? Text, int Most)> fields)
    {
        foreach (var (field, text, most) in fields)
        {
            if (text is null)
                continue;
            if (text.Length > most)
                return new(field, $"is longer than {most} characters.", id is { Length: <= Id } ? id : null);
            // PostgreSQL keeps no NUL in a text, and no half of a surrogate pair
            if (text.Contains('\0', StringComparison.Ordinal) || text.EnumerateRunes().Any(rune => rune == System.Text.Rune.ReplacementChar))
                return new(field, "holds a character that cannot be kept.", id);
        }
        return null;
    }
}
