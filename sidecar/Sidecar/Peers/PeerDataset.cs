using System.Text;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Peers;

/// <summary>
/// Reads what a peer sends, its text included where it names no character set but sends more than ASCII: then in the set
/// that is configured for it, else as UTF-8 if that makes sense, else as Latin-1.
/// </summary>
/// <param name="Dataset">The data set.</param>
/// <param name="IsAsSent">False where the set of its text had to be guessed and (0008,0005) was added, so that it says the truth from here on.</param>
internal readonly record struct PeerDataset(DicomDataset Dataset, bool IsAsSent)
{
    private const byte Escape = 0x1B; // ISO 2022: Japanese in 7 bits looks like ASCII but for it

    /// <summary>Reads the data set of a request.</summary>
    /// <exception cref="DicomFormatException">The bytes are not a data set.</exception>
    public static PeerDataset Read(DimseRequest request, Peer peer)
    {
        var dataset = request.ReadDataset();
        if (!dataset.CharacterSet.Equals(SpecificCharacterSet.Default) || FirstWideText(dataset) is not { } text)
            return new(dataset, IsAsSent: true);
        var set = CharacterSetFallback.Choose(text.Value.Span, text.Vr, null, peer.FallbackCharacterSet);
        return set.DefinedTerms.Count == 0 ? new(dataset, IsAsSent: true)
            : new(dataset.Set(DicomTags.SpecificCharacterSet, [.. set.DefinedTerms]), IsAsSent: false);
    }

    private static DicomElement? FirstWideText(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element.Vr is DicomVr.PN or DicomVr.LO or DicomVr.SH or DicomVr.LT or DicomVr.ST or DicomVr.UC or DicomVr.UT
                && (!Ascii.IsValid(element.Value.Span) || element.Value.Span.Contains(Escape)))
            {
                return element;
            }

            foreach (var item in element.Items)
                if (FirstWideText(item) is { } found) return found;
        }

        return null;
    }
}
