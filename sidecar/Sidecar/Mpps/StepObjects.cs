using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mpps;

/// <summary>Between data sets and what the store keeps of a step.</summary>
internal static class StepObjects
{
    /// <summary>The object as it arrived, with its character set named where the peer did not.</summary>
    public static StepObject Of(DimseRequest request, PeerDataset sent) => new(
        sent.IsAsSent ? request.Data : sent.Dataset.ToBytes(request.TransferSyntax), request.TransferSyntax.Uid,
        Terms(sent.Dataset.CharacterSet));

    /// <summary>Whether two objects say the same, whatever their transfer syntaxes.</summary>
    public static bool AreEqual(StepObject one, StepObject other) => Plain(one).AsSpan().SequenceEqual(Plain(other));

    /// <summary>The object in the syntax of <paramref name="like"/>.</summary>
    public static StepObject Of(DicomDataset dataset, StepObject like) => new(
        dataset.ToBytes(TransferSyntax.FromUid(like.TransferSyntaxUid)), like.TransferSyntaxUid, Terms(dataset.CharacterSet));

    /// <summary>The stored object as a data set.</summary>
    public static DicomDataset Read(StepObject stored) => DicomDataset.Read(
        stored.Bytes, TransferSyntax.FromUid(stored.TransferSyntaxUid),
        new DicomReadOptions
        {
            FallbackCharacterSet = SpecificCharacterSet.TryParse(stored.CharacterSet?.Split('\\') ?? [], out var set)
                ? set : SpecificCharacterSet.Default,
        });

    /// <summary>Date and time as <c>yyyyMMddHHmmss</c>; null if either is missing or impossible.</summary>
    public static string? Moment(DicomDataset dataset, DicomTag date, DicomTag time)
    {
        if (dataset.GetDate(date) is not { } day || dataset.GetTime(time) is not { } clock) return null;
        return day.ToDateTime(new TimeOnly(clock.Earliest.Ticks)).ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Attributes for a person to read.</summary>
    public static string Names(IEnumerable<DicomTag> attributes) =>
        string.Join(", ", attributes.Select(tag => DicomDictionary.Find(tag)?.Keyword ?? tag.ToString()));

    private static byte[] Plain(StepObject stored) => Read(stored).ToBytes(TransferSyntax.ImplicitVrLittleEndian);

    private static string? Terms(SpecificCharacterSet set) =>
        set.DefinedTerms.Count == 0 ? null : string.Join('\\', set.DefinedTerms);
}
