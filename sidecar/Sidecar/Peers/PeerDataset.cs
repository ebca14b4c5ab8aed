using System.Text;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Peers;

/// <summary>
/// Reads what a peer sends, its text included where it names no character set but sends more than ASCII: then in the set
/// that is configured for it, else as UTF-8 if that makes sense, else as Latin-1.
/// </summary>
internal static class PeerDataset
{
    /// <exception cref="DicomFormatException">The bytes are not a data set.</exception>
    public static DicomDataset Read(DimseRequest request, Peer peer)
    {
        var dataset = request.ReadDataset();
        return !dataset.Contains(DicomTags.SpecificCharacterSet) && FirstWideText(dataset) is { } text
            ? request.ReadDataset(new DicomReadOptions
            {
                FallbackCharacterSet = CharacterSetFallback.Choose(text.Value.Span, text.Vr, null, peer.FallbackCharacterSet),
            })
            : dataset;
    }

    private static DicomElement? FirstWideText(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element.Vr is DicomVr.PN or DicomVr.LO or DicomVr.SH or DicomVr.LT or DicomVr.ST or DicomVr.UC or DicomVr.UT
                && !Ascii.IsValid(element.Value.Span))
            {
                return element;
            }

            foreach (var item in element.Items)
                if (FirstWideText(item) is { } found) return found;
        }

        return null;
    }
}
