using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>MR Image Storage (PS3.3 A.4): axial T1-weighted spin-echo slices of a head.</summary>
internal static class MrImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var head = new MrHead(series.Options.Seed);
        var count = series.Options.Images ?? 16;
        var step = (MrHead.Top - MrHead.Bottom) / count;
        for (var i = 0; i < count; i++)
        {
            var z = MrHead.Top - (step * (i + 0.5f));
            var image = head.Draw(z);
            var dataset = series.NewImage("1.2.840.10008.5.1.4.1.1.4", i + 1, image, "ORIGINAL", "PRIMARY", "OTHER");
            SetAxialPlane(dataset, image, series.FrameOfReferenceUid, z, MathF.Min(step * 0.85f, 5));
            yield return dataset
                .Set(DicomTags.PatientOrientation, "L", "P")
                .Set(DicomTags.ScanningSequence, "SE")
                .Set(DicomTags.SequenceVariant, "NONE")
                .Set(DicomTags.ScanOptions)
                .Set(DicomTags.MRAcquisitionType, "2D")
                .SetNumbers(DicomTags.RepetitionTime, 500)
                .SetNumbers(DicomTags.EchoTime, 12)
                .SetNumbers(DicomTags.EchoTrainLength, 1)
                .SetNumbers(DicomTags.FlipAngle, 90)
                .SetNumbers(DicomTags.MagneticFieldStrength, 1.5)
                .SetNumbers(DicomTags.ImagingFrequency, 63.87)
                .Set(DicomTags.ImagedNucleus, "1H")
                .SetNumbers(DicomTags.NumberOfAverages, 1)
                .SetNumbers(DicomTags.EchoNumbers, 1)
                .SetNumbers(DicomTags.SpacingBetweenSlices, Decimal(step))
                .Set(DicomTags.InPlanePhaseEncodingDirection, "ROW")
                .Set(DicomTags.ReceiveCoilName, "HEAD");
        }
    }
}
