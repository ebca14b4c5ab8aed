using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>Secondary Capture Image Storage (PS3.3 A.8): a test card that names the modality nothing is drawn for.</summary>
internal static class TestCardImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var count = series.Options.Images ?? 1;
        for (var i = 1; i <= count; i++)
        {
            var image = TestCard.Draw(series.Modality, i);
            yield return series.NewImage("1.2.840.10008.5.1.4.1.1.7", i, image, "DERIVED", "SECONDARY")
                .Set(DicomTags.PatientOrientation)
                // without a body part nobody can tell whether it is a paired one, so the element must be there
                .Set(DicomTags.Laterality)
                .Set(DicomTags.ConversionType, "SYN");
        }
    }
}
