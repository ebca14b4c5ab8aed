using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>
/// Computed Radiography Image Storage (PS3.3 A.2): a chest PA. Stored as plates are read: low values are white.
/// </summary>
internal static class CrImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var image = Chest.Draw(series.Options.Seed, series.Options.RadiographColumns, lowIsWhite: true);
        yield return series.NewImage("1.2.840.10008.5.1.4.1.1.1", 1, image, "ORIGINAL", "PRIMARY")
            .Set(DicomTags.PatientOrientation, "L", "F")
            .Set(DicomTags.ViewPosition, "PA")
            .SetNumbers(DicomTags.ImagerPixelSpacing, Decimal(image.PixelSpacing), Decimal(image.PixelSpacing))
            .SetNumbers(DicomTags.KVP, 125)
            .SetNumbers(DicomTags.ExposureTime, 8)
            .SetNumbers(DicomTags.Exposure, 2)
            .SetNumbers(DicomTags.DistanceSourceToDetector, 1800)
            .Set(DicomTags.PlateType, "PHOSPHOR")
            .Set(DicomTags.CassetteOrientation, "PORTRAIT");
    }
}
