using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;
using static Gantry.Sidecar.Phantoms.Iods.PixelModules;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>Digital Mammography X-Ray Image Storage - For Presentation (PS3.3 A.27): both breasts, CC and MLO.</summary>
internal static class MgImages
{
    public static IEnumerable<DicomDataset> Make(PhantomSeries series)
    {
        var breasts = new Mammogram(series.Options.Seed);
        var number = 0;
        foreach (var view in (BreastView[])[BreastView.CranioCaudal, BreastView.MedioLateralOblique])
        {
            foreach (var isRight in (bool[])[true, false])
            {
                var image = breasts.Draw(isRight, view, series.Options.MammogramColumns);
                var dataset = series.NewImage("1.2.840.10008.5.1.4.1.1.1.2", ++number, image, "ORIGINAL", "PRIMARY");
                SetView(dataset, isRight, view);
                SetExposure(dataset, isRight, view);
                yield return ProjectionModules.Set(dataset, image);
            }
        }
    }

    private static void SetView(DicomDataset dataset, bool isRight, BreastView view)
    {
        var isOblique = view == BreastView.MedioLateralOblique;
        // the row runs to the chest wall (P) for the right breast and away from it (A) for the left; the column runs inwards, in
        // MLO also to the feet
        var column = (isRight ? "L" : "R");
        var code = isOblique ? Code("399368009", "SCT", "medio-lateral oblique") : Code("399162004", "SCT", "cranio-caudal");
        dataset
            .Set(DicomTags.PatientOrientation, isRight ? "P" : "A", isOblique ? "F" + column : column)
            .Set(DicomTags.ImageLaterality, isRight ? "R" : "L")
            .Set(DicomTags.ViewPosition, isOblique ? "MLO" : "CC")
            .SetItems(DicomTags.ViewCodeSequence, code.SetItems(DicomTags.ViewModifierCodeSequence))
            .Set(DicomTags.OrganExposed, "BREAST")
            .SetItems(DicomTags.AnatomicRegionSequence, Code("76752008", "SCT", "Breast"))
            .Set(DicomTags.PositionerType, "MAMMOGRAPHIC")
            .SetNumbers(DicomTags.PositionerPrimaryAngle, !isOblique ? 0 : isRight ? -45 : 45)
            .SetNumbers(DicomTags.PositionerSecondaryAngle, 0)
            .Set(DicomTags.BreastImplantPresent, "NO")
            .Set(DicomTags.PartialView, "NO");
    }

    // A typical exposure of a breast of 55 to 60 mm; the oblique view compresses a little less and takes a little more dose.
    private static void SetExposure(DicomDataset dataset, bool isRight, BreastView view)
    {
        double more = (view == BreastView.MedioLateralOblique ? 1.12 : 1) * (isRight ? 1 : 1.03);
        dataset
            .SetNumbers(DicomTags.KVP, 29)
            .Set(DicomTags.AnodeTargetMaterial, "TUNGSTEN")
            .Set(DicomTags.FilterMaterial, "RHODIUM")
            .SetNumbers(DicomTags.FilterThicknessMinimum, 0.05)
            .SetNumbers(DicomTags.FilterThicknessMaximum, 0.05)
            .SetNumbers(DicomTags.ExposureTime, Math.Round(980 * more))
            .SetNumbers(DicomTags.XRayTubeCurrent, 100)
            .SetNumbers(DicomTags.Exposure, Math.Round(98 * more))
            .SetNumbers(DicomTags.ExposureInuAs, Math.Round(98000 * more))
            .SetNumbers(DicomTags.BodyPartThickness, Math.Round(55 * more))
            .SetNumbers(DicomTags.CompressionForce, Math.Round(110 / more))
            .SetNumbers(DicomTags.RelativeXRayExposure, Math.Round(420 * more))
            .SetNumbers(DicomTags.EntranceDoseInmGy, Math.Round(5.6 * more, 2))
            // Organ Dose is in dGy: 0.0142 dGy is a mean glandular dose of 1.42 mGy
            .SetNumbers(DicomTags.OrganDose, Math.Round(0.0142 * more, 5))
            .SetNumbers(DicomTags.HalfValueLayer, 0.53)
            .SetNumbers(DicomTags.DistanceSourceToDetector, 660)
            .SetNumbers(DicomTags.DistanceSourceToPatient, 640)
            .SetNumbers(DicomTags.EstimatedRadiographicMagnificationFactor, 1.03125)
            .Set(DicomTags.ExposureControlMode, "AUTOMATIC")
            .Set(DicomTags.ExposureStatus, "NORMAL")
            .Set(DicomTags.Grid, "RECIPROCATING");
    }
}
