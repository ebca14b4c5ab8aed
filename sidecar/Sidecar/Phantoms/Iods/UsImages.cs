using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>
/// Ultrasound Image Storage (PS3.3 A.6): still images of the right flank, the probe tilted a little from one to the next.
/// </summary>
internal static class UsImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var flank = new Ultrasound(series.Options.Seed);
        var count = series.Options.Images ?? 3;
        for (var i = 0; i < count; i++)
        {
            var image = flank.Draw((i + 0.5f) / count);
            yield return series.NewImage("1.2.840.10008.5.1.4.1.1.6.1", i + 1, image, "ORIGINAL", "PRIMARY", "ABDOMINAL", "0001")
                .Set(DicomTags.PatientOrientation)
                .SetNumbers(DicomTags.UltrasoundColorDataPresent, 0)
                .SetItems(DicomTags.SequenceOfUltrasoundRegions, Region(image));
        }
    }

    // The region calibration lets viewers measure (PS3.3 C.8.5.5): tissue, 2D, centimetres.
    private static DicomDataset Region(PhantomImage image) => new DicomDataset()
        .SetNumbers(DicomTags.RegionSpatialFormat, 1)
        .SetNumbers(DicomTags.RegionDataType, 1)
        .SetNumbers(DicomTags.RegionFlags, 0)
        .SetNumbers(DicomTags.RegionLocationMinX0, 0)
        .SetNumbers(DicomTags.RegionLocationMinY0, 0)
        .SetNumbers(DicomTags.RegionLocationMaxX1, image.Columns - 1)
        .SetNumbers(DicomTags.RegionLocationMaxY1, image.Rows - 1)
        .SetNumbers(DicomTags.PhysicalUnitsXDirection, 3)
        .SetNumbers(DicomTags.PhysicalUnitsYDirection, 3)
        .SetNumbers(DicomTags.PhysicalDeltaX, Decimal(image.PixelSpacing / 10))
        .SetNumbers(DicomTags.PhysicalDeltaY, Decimal(image.PixelSpacing / 10));
}
