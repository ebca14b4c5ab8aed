using System.Globalization;
using Gantry.Dicom;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// Remembers which images were made in which series, for the Performed Series Sequence (PS3.3 C.4.15). Keeps UIDs, no images.
/// </summary>
internal sealed class SeriesTally
{
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);

    /// <summary>Images so far.</summary>
    public int Images { get; private set; }

    /// <summary>The same in words.</summary>
    public string Told => Images == 1 ? "1 image" : string.Create(CultureInfo.InvariantCulture, $"{Images} images");

    /// <summary>Adds an image that the archive has taken.</summary>
    public void Add(DicomDataset image)
    {
        var uid = image.GetString(DicomTags.SeriesInstanceUID) ?? "";
        if (!_series.TryGetValue(uid, out var series))
        {
            _series[uid] = series = new(
                image.GetString(DicomTags.ProtocolName) ?? "Phantom", image.GetString(DicomTags.SeriesDescription) ?? "",
                image.GetString(DicomTags.OperatorsName) ?? "", []);
        }
        series.Images.Add((image.GetString(DicomTags.SOPClassUID) ?? "", image.GetString(DicomTags.SOPInstanceUID) ?? ""));
        Images++;
    }

    /// <summary>A series without images, for a test that makes none.</summary>
    public static SeriesTally WithoutImages(string protocol)
    {
        var tally = new SeriesTally();
        tally._series[DicomUid.New()] = new(protocol, protocol, "", []);
        return tally;
    }

    /// <summary>The items of the Performed Series Sequence.</summary>
    public IEnumerable<DicomDataset> ToItems() => _series.Select(pair => new DicomDataset()
        .Set(DicomTags.RetrieveAETitle)
        .Set(DicomTags.SeriesDescription, pair.Value.Description)
        .Set(DicomTags.PerformingPhysicianName)
        .Set(DicomTags.OperatorsName, pair.Value.Operator)
        .Set(DicomTags.ProtocolName, pair.Value.Protocol)
        .Set(DicomTags.SeriesInstanceUID, pair.Key)
        .SetItems(DicomTags.ReferencedImageSequence, pair.Value.Images.Select(image => new DicomDataset()
            .Set(DicomTags.ReferencedSOPClassUID, image.Class).Set(DicomTags.ReferencedSOPInstanceUID, image.Instance)))
        .SetItems(DicomTags.ReferencedNonImageCompositeSOPInstanceSequence));

    private sealed record Series(
        string Protocol, string Description, string Operator, List<(string Class, string Instance)> Images);
}
