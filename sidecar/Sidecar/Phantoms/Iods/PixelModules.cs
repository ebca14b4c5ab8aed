using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>The Image Pixel and VOI LUT modules (PS3.3 C.7.6.3, C.11.2), and small pieces that several objects share.</summary>
internal static class PixelModules
{
    /// <summary>Describes the pixels, how they are shown, and puts them in.</summary>
    public static void Set(DicomDataset dataset, PhantomImage image)
    {
        var isByte = image.BitsStored <= 8;
        dataset
            .SetNumbers(DicomTags.SamplesPerPixel, 1)
            .Set(DicomTags.PhotometricInterpretation, image.LowIsWhite ? "MONOCHROME1" : "MONOCHROME2")
            .SetNumbers(DicomTags.Rows, image.Rows)
            .SetNumbers(DicomTags.Columns, image.Columns)
            .SetNumbers(DicomTags.BitsAllocated, isByte ? 8 : 16)
            .SetNumbers(DicomTags.BitsStored, image.BitsStored)
            .SetNumbers(DicomTags.HighBit, image.BitsStored - 1)
            .SetNumbers(DicomTags.PixelRepresentation, 0)
            .Set(DicomTags.BurnedInAnnotation, "NO")
            .Set(DicomTags.LossyImageCompression, "00")
            .SetNumbers(DicomTags.WindowCenter, Decimal(image.WindowCenter))
            .SetNumbers(DicomTags.WindowWidth, Decimal(image.WindowWidth))
            .SetBytes(DicomTags.PixelData, isByte ? DicomVr.OB : DicomVr.OW, image.ToBytes());
    }

    /// <summary>
    /// Position and orientation of an axial slice of a patient lying on the back, head first (PS3.3 C.7.6.2, C.7.4.1).
    /// </summary>
    /// <param name="dataset">The image.</param>
    /// <param name="image">Its pixels.</param>
    /// <param name="frameOfReferenceUid">Shared by all slices.</param>
    /// <param name="z">Height of the slice in millimetres, growing to the head.</param>
    /// <param name="thickness">Thickness of the slice in millimetres.</param>
    public static void SetAxialPlane(DicomDataset dataset, PhantomImage image, string frameOfReferenceUid, double z,
        double thickness)
    {
        var corner = Decimal(-image.PixelSpacing * (image.Columns - 1) / 2);
        dataset
            .Set(DicomTags.PatientPosition, "HFS")
            .Set(DicomTags.FrameOfReferenceUID, frameOfReferenceUid)
            .Set(DicomTags.PositionReferenceIndicator)
            .SetNumbers(DicomTags.ImagePositionPatient, corner, corner, Decimal(z))
            .SetNumbers(DicomTags.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
            .SetNumbers(DicomTags.SliceLocation, Decimal(z))
            .SetNumbers(DicomTags.SliceThickness, Decimal(thickness))
            .SetNumbers(DicomTags.PixelSpacing, Decimal(image.PixelSpacing), Decimal(image.PixelSpacing));
    }

    /// <summary>One item of a code sequence (PS3.3 8.8).</summary>
    public static DicomDataset Code(string value, string scheme, string meaning) => new DicomDataset()
        .Set(DicomTags.CodeValue, value)
        .Set(DicomTags.CodingSchemeDesignator, scheme)
        .Set(DicomTags.CodeMeaning, meaning);

    /// <summary>Rounded so that it fits the 16 characters of a decimal string.</summary>
    public static double Decimal(double value) => Math.Round(value, 6);
}
