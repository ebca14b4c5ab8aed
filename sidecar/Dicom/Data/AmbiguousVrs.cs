using VrCode = Gantry.Dicom.DictionaryIndex.VrCode;

namespace Gantry.Dicom;

/// <summary>
/// Settles, after implicit VR was read, which of the VRs an attribute may have it has (PS3.5 A.1 and PS3.3 C.7.6.3.1): US or SS
/// by Pixel Representation of the data set or the nearest enclosing one; Pixel Data OB or OW by Bits Allocated.
/// </summary>
internal static class AmbiguousVrs
{
    public static void Resolve(DicomDataset dataset) => Resolve(dataset, isSigned: false);

    /// <summary>The VR of a number that is US or SS, in this data set.</summary>
    public static DicomVr UsOrSs(DicomDataset? dataset)
    {
        for (; dataset is not null; dataset = dataset.Parent)
        {
            if (dataset.GetInt(DicomTags.PixelRepresentation) is { } representation)
                return representation == 1 ? DicomVr.SS : DicomVr.US;
        }
        return DicomVr.US;
    }

    private static void Resolve(DicomDataset dataset, bool isSigned)
    {
        if (dataset.GetInt(DicomTags.PixelRepresentation) is { } representation)
            isSigned = representation == 1;
        for (var i = 0; i < dataset.Count; i++)
        {
            var element = dataset[i];
            if (element.Vr == DicomVr.SQ)
            {
                foreach (var item in element.ItemArray)
                    Resolve(item, isSigned);
            }
            else if (VrOf(element, dataset, isSigned) is var vr && vr != element.Vr)
            {
                dataset.ReplaceAt(i, new DicomElement(element.Tag, vr, element.Value));
            }
        }
    }

    private static DicomVr VrOf(DicomElement element, DicomDataset dataset, bool isSigned) => element.Vr switch
    {
        DicomVr.US when isSigned && DicomDictionary.VrCodeOf(element.Tag) == VrCode.UsOrSs => DicomVr.SS,
        DicomVr.OW when element.Tag == DicomTags.PixelData && dataset.GetInt(DicomTags.BitsAllocated) is <= 8 => DicomVr.OB,
        _ => element.Vr,
    };
}
