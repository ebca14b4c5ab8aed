using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>Digital X-Ray Image Storage - For Presentation (PS3.3 A.26): a chest PA.</summary>
internal static class DxImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var image = Chest.Draw(series.Options.Seed, series.Options.RadiographColumns, lowIsWhite: false);
        var dataset = series.NewImage("1.2.840.10008.5.1.4.1.1.1.1", 1, image, "ORIGINAL", "PRIMARY");
        yield return ProjectionModules.Set(dataset, image)
            .Set(DicomTags.PatientOrientation, "L", "F")
            .Set(DicomTags.ImageLaterality, "U")
            .SetItems(DicomTags.AnatomicRegionSequence, Code("51185008", "SCT", "Chest"))
            .Set(DicomTags.PositionerType, "NONE")
            .Set(DicomTags.ViewPosition, "PA")
            .SetItems(DicomTags.ViewCodeSequence,
                Code("272479007", "SCT", "postero-anterior").SetItems(DicomTags.ViewModifierCodeSequence))
            .SetNumbers(DicomTags.KVP, 125)
            .SetNumbers(DicomTags.ExposureTime, 8)
            .SetNumbers(DicomTags.Exposure, 2)
            .SetNumbers(DicomTags.ExposureInuAs, 2000)
            .SetNumbers(DicomTags.DistanceSourceToDetector, 1800);
    }
}
