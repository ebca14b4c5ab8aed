using System.Globalization;
using Gantry.Contracts;
using Gantry.Sidecar.Archive.Thumbnails;
using Gantry.Sidecar.ChangeFeed;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// Describes an image to the cloud: its tags and thumbnail from the archive, and the action that ordered its exam. An image whose order
/// is not known goes up all the same, without an action.
/// </summary>
internal sealed class ImageMessages(OrthancClient orthanc, IThumbnails thumbnails, IWorklistStore store)
{
    /// <summary>The message; null if the image was deleted meanwhile.</summary>
    /// <exception cref="OrthancException">The archive cannot be asked.</exception>
    /// <exception cref="WorklistStoreException">The worklist cannot be asked.</exception>
    public async Task<GatewayEvent?> MakeAsync(ImageArrival arrival, CancellationToken cancellationToken)
    {
        try
        {
            var tags = await orthanc.Instances.GetSimplifiedTagsAsync(arrival.InstanceId, cancellationToken);
            var thumbnail = await thumbnails.MakeAsync(arrival.InstanceId, tags, cancellationToken);
            var order = await OrderAsync(arrival, Text(tags, "PatientID"), cancellationToken);
            return Message(arrival, tags, thumbnail as Thumbnail.Picture, order?.SourceMessageId);
        }
        catch (OrthancNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The message without its way to the archive, for the golden test.</summary>
    internal static GatewayEvent Message(ImageArrival arrival, OrthancTags tags, Thumbnail.Picture? thumbnail, string? actionId) =>
        new GatewayEvent.ImageReceived(
            new()
            {
                Participant = new() { NhsNumber = Text(tags, "PatientID"), PatientName = Text(tags, "PatientName") },
                Study = new()
                {
                    AccessionNumber = Text(tags, "AccessionNumber"),
                    StudyInstanceUid = arrival.StudyInstanceUid,
                    Modality = Text(tags, "Modality"),
                    StudyDate = Text(tags, "StudyDate"),
                    StudyTime = Text(tags, "StudyTime"),
                    StudyDescription = Text(tags, "StudyDescription"),
                },
                Series = new()
                {
                    SeriesInstanceUid = arrival.SeriesInstanceUid,
                    SeriesNumber = Text(tags, "SeriesNumber"),
                    SeriesDescription = Text(tags, "SeriesDescription"),
                },
                Image = new()
                {
                    SopInstanceUid = arrival.SopInstanceUid,
                    InstanceNumber = Text(tags, "InstanceNumber"),
                    Dimensions = new() { Rows = Number(tags, "Rows"), Columns = Number(tags, "Columns") },
                    Acquisition = new()
                    {
                        ViewPosition = Text(tags, "ViewPosition"),
                        Laterality = TextOf(tags, "ImageLaterality", "Laterality"),
                    },
                    Dose = new()
                    {
                        OrganDose = Text(tags, "OrganDose"),
                        EntranceDoseInMgy = Text(tags, "EntranceDoseInmGy"),
                        Kvp = Text(tags, "KVP"),
                        ExposureInUas = Text(tags, "ExposureInuAs"),
                        AnodeTargetMaterial = Text(tags, "AnodeTargetMaterial"),
                        FilterMaterial = Text(tags, "FilterMaterial"),
                        FilterThickness = TextOf(tags, "FilterThicknessMaximum", "FilterThicknessMinimum"),
                    },
                    Thumbnail = thumbnail is null ? null : ImageThumbnail.FromJpeg(thumbnail.Jpeg.Span, thumbnail.Width, thumbnail.Height),
                    ReceivedAt = arrival.ReceivedAt,
                },
            },
            actionId is null ? null : new() { ActionId = actionId })
        {
            MessageId = NameBasedUuid.Of(arrival.SopInstanceUid).ToString(),
            Timestamp = arrival.ReceivedAt,
            SourceSystem = "gateway-pacs",
        };

    /// <summary>
    /// The order of the exam: by accession number, else by study. An order of another patient is none: the cloud is told what the image
    /// says, and sees the mix-up.
    /// </summary>
    private async Task<WorklistItem?> OrderAsync(ImageArrival arrival, string patientId, CancellationToken cancellationToken)
    {
        if (arrival.AccessionNumber is { } accession && await store.GetAsync(accession, cancellationToken) is { } named && IsOf(named, patientId))
            return named;
        if (arrival.StudyInstanceUid.Length == 0)
            return null;
        var found = await store.FindAsync(
            new() { Criteria = new() { StudyInstanceUids = [arrival.StudyInstanceUid] }, Take = 2 }, cancellationToken);
        return found.Count == 1 && IsOf(found[0], patientId) ? found[0] : null;
    }

    private static bool IsOf(WorklistItem order, string patientId) =>
        string.IsNullOrWhiteSpace(order.PatientId) || patientId.Length == 0 || order.PatientId.Trim() == patientId;

    /// <summary>A value without the padding of DICOM; empty where there is none.</summary>
    private static string Text(OrthancTags tags, string keyword) => tags[keyword]?.Trim(' ', '\0') ?? "";

    private static string TextOf(OrthancTags tags, string keyword, string otherwise) =>
        Text(tags, keyword) is { Length: > 0 } text ? text : Text(tags, otherwise);

    private static int? Number(OrthancTags tags, string keyword) =>
        int.TryParse(Text(tags, keyword), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
