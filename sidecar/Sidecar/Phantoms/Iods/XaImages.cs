using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>
/// X-Ray Angiographic Image Storage (PS3.3 A.14): one run of a left coronary artery, many frames in one object.
/// </summary>
internal static class XaImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var image = CoronaryAngiogram.Draw(series.Options.Seed, series.Options.Frames);
        var dataset = series.NewImage("1.2.840.10008.5.1.4.1.1.12.1", 1, image, "ORIGINAL", "PRIMARY", "SINGLE PLANE")
            .Set(DicomTags.PatientOrientation, "L", "F")
            .Set(DicomTags.PixelIntensityRelationship, "LIN")
            .Set(DicomTags.RadiationSetting, "GR")
            .Set(DicomTags.RadiationMode, "PULSED")
            .SetNumbers(DicomTags.KVP, 78)
            .SetNumbers(DicomTags.XRayTubeCurrent, 640)
            .SetNumbers(DicomTags.ExposureTime, 7)
            .SetNumbers(DicomTags.Exposure, 4)
            .Set(DicomTags.PositionerMotion, "STATIC")
            .SetNumbers(DicomTags.PositionerPrimaryAngle, -20)
            .SetNumbers(DicomTags.PositionerSecondaryAngle, 20)
            .SetNumbers(DicomTags.DistanceSourceToDetector, 1050)
            .SetNumbers(DicomTags.DistanceSourceToPatient, 780)
            .SetNumbers(DicomTags.ImagerPixelSpacing, Decimal(image.PixelSpacing), Decimal(image.PixelSpacing))
            .Set(DicomTags.ContrastBolusAgent, "IODINATED CONTRAST")
            .Set(DicomTags.ContrastBolusRoute, "INTRA ARTERIAL");
        if (image.Frames > 1)
        {
            dataset
                .SetNumbers(DicomTags.NumberOfFrames, image.Frames)
                // the frames follow each other by Frame Time (0018,1063), little endian
                .SetBytes(DicomTags.FrameIncrementPointer, DicomVr.AT, new byte[] { 0x18, 0x00, 0x63, 0x10 })
                .SetNumbers(DicomTags.FrameTime, Decimal(1000.0 / CoronaryAngiogram.FrameRate))
                .SetNumbers(DicomTags.CineRate, CoronaryAngiogram.FrameRate)
                .SetNumbers(DicomTags.RecommendedDisplayFrameRate, CoronaryAngiogram.FrameRate);
        }

        yield return dataset;
    }
}
