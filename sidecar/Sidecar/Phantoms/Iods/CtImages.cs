using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>CT Image Storage (PS3.3 A.3): axial slices from the aortic arch to the kidneys.</summary>
internal static class CtImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var body = new CtBody(series.Options.Seed);
        var count = series.Options.Images ?? 20;
        var step = (CtBody.Top - CtBody.Bottom) / count;
        for (var i = 0; i < count; i++)
        {
            var z = CtBody.Top - (step * (i + 0.5f));
            var image = body.Draw(z, MathF.Min(step, 10));
            var dataset = series.NewImage("1.2.840.10008.5.1.4.1.1.2", i + 1, image, "ORIGINAL", "PRIMARY", "AXIAL");
            SetAxialPlane(dataset, image, series.FrameOfReferenceUid, z, MathF.Min(step, 10));
            yield return dataset
                .Set(DicomTags.PatientOrientation, "L", "P")
                .SetNumbers(DicomTags.RescaleIntercept, image.RescaleIntercept)
                .SetNumbers(DicomTags.RescaleSlope, image.RescaleSlope)
                .Set(DicomTags.RescaleType, "HU")
                .SetNumbers(DicomTags.KVP, 120)
                .SetNumbers(DicomTags.XRayTubeCurrent, 220)
                .SetNumbers(DicomTags.ExposureTime, 500)
                .SetNumbers(DicomTags.ReconstructionDiameter, CtBody.FieldOfView)
                .SetNumbers(DicomTags.DataCollectionDiameter, 500)
                .SetNumbers(DicomTags.GantryDetectorTilt, 0)
                .SetNumbers(DicomTags.TableHeight, 140)
                .Set(DicomTags.RotationDirection, "CW")
                .Set(DicomTags.ConvolutionKernel, "STANDARD")
                .Set(DicomTags.ContrastBolusAgent, "IODINATED CONTRAST")
                .Set(DicomTags.ContrastBolusRoute, "IV");
        }
    }
}
