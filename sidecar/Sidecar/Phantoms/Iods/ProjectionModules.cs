using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>What digital X-ray and mammography images for presentation have in common (DX modules, PS3.3 C.8.11).</summary>
internal static class ProjectionModules
{
    public static DicomDataset Set(DicomDataset dataset, PhantomImage image) => dataset
        .Set(DicomTags.PresentationIntentType, "FOR PRESENTATION")
        .Set(DicomTags.PixelIntensityRelationship, "LOG")
        // higher values where less radiation arrived (PS3.3 C.8.11.3.1.2)
        .SetNumbers(DicomTags.PixelIntensityRelationshipSign, image.LowIsWhite ? 1 : -1)
        .SetNumbers(DicomTags.RescaleIntercept, 0)
        .SetNumbers(DicomTags.RescaleSlope, 1)
        .Set(DicomTags.RescaleType, "US")
        .Set(DicomTags.PresentationLUTShape, image.LowIsWhite ? "INVERSE" : "IDENTITY")
        .SetItems(DicomTags.AcquisitionContextSequence)
        .Set(DicomTags.DetectorType, "SCINTILLATOR")
        .Set(DicomTags.DetectorConfiguration, "AREA")
        .Set(DicomTags.DetectorID, "PHANTOM")
        .SetNumbers(DicomTags.ImagerPixelSpacing, Decimal(image.PixelSpacing), Decimal(image.PixelSpacing));
}
