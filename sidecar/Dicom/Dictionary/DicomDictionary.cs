using System.Collections.Concurrent;
using System.Globalization;
using VrCode = Gantry.Dicom.DictionaryIndex.VrCode;

namespace Gantry.Dicom;

/// <summary>The data dictionary: PS3.6 and the command elements of PS3.7 Annex E.</summary>
#pragma warning disable CA1711 // it is what the standard calls a dictionary, not a collection type
public static class DicomDictionary
#pragma warning restore CA1711
{
    private static readonly DictionaryIndex Index = new();
    private static readonly ConcurrentDictionary<DicomTag, DicomDictionaryEntry> Entries = new();

    /// <summary>Every entry, in the order of tags; repeating groups by their first tag.</summary>
    public static IEnumerable<DicomDictionaryEntry> All =>
        Enumerable.Range(0, Index.Count).Select(row => EntryOf(Index.TagAt(row), row));

    /// <summary>
    /// The entry of a tag; null for one the standard does not list. Repeating groups (50xx, 60xx, 7Fxx) are found by each of
    /// their tags. Private elements have no entry, but group lengths and private creators are told by <see cref="VrOf"/>.
    /// </summary>
    public static DicomDictionaryEntry? Find(DicomTag tag)
    {
        if (Entries.TryGetValue(tag, out var entry))
            return entry;
        var row = Index.Find(tag);
        return row < 0 ? null : Entries.GetOrAdd(tag, EntryOf(tag, row));
    }

    /// <summary>The tag of a keyword, spelled exactly as in PS3.6; null for an unknown one.</summary>
    public static DicomTag? FindKeyword(string keyword)
    {
        var row = Index.FindKeyword(keyword);
        return row < 0 ? null : Index.TagAt(row);
    }

    /// <summary>
    /// Reads a tag as people write it: <c>(0010,0010)</c>, <c>0010,0010</c>, <c>00100010</c> or a keyword such as
    /// <c>PatientName</c>.
    /// </summary>
    public static bool TryParseTag(string text, out DicomTag tag)
    {
        var digits = text.AsSpan().Trim();
        if (digits is ['(', .., ')'])
            digits = digits[1..^1];
        if (digits is [_, _, _, _, ',', _, _, _, _])
            digits = string.Concat(digits[..4], digits[5..]);
        if (digits.Length == 8
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            tag = DicomTag.FromValue(value);
            return true;
        }
        var found = FindKeyword(digits.ToString());
        tag = found ?? default;
        return found is not null;
    }

    /// <summary>
    /// The VR that an element has where the wire does not state it (PS3.5 A.1): by the dictionary; UL for group lengths, LO for
    /// private creators (PS3.5 7.8.1); UN for what is not listed. Of an ambiguous VR this is the one without other signs.
    /// </summary>
    public static DicomVr VrOf(DicomTag tag) => FallbackVr(VrCodeOf(tag));

    internal static VrCode VrCodeOf(DicomTag tag)
    {
        if (tag.IsGroupLength)
            return (VrCode)DicomVr.UL;
        if (tag.IsPrivate)
            return (VrCode)(tag.Element is >= 0x0010 and <= 0x00FF ? DicomVr.LO : DicomVr.UN);
        var row = Index.Find(tag);
        return row < 0 ? (VrCode)DicomVr.UN : Index.VrAt(row);
    }

    private static DicomDictionaryEntry EntryOf(DicomTag tag, int row)
    {
        var code = Index.VrAt(row);
        var (vm, keyword, isRetired) = Index.TextAt(row);
        return new(tag, FallbackVr(code), VrsOf(code), vm, keyword, AttributeNames.FromKeyword(keyword), isRetired);
    }

    internal static DicomVr FallbackVr(VrCode code) => code switch
    {
        VrCode.UsOrSs => DicomVr.US,
        VrCode.ObOrOw or VrCode.LutData => DicomVr.OW,
        VrCode.None => DicomVr.UN,
        _ => (DicomVr)code,
    };

    private static IReadOnlyList<DicomVr> VrsOf(VrCode code) => code switch
    {
        VrCode.UsOrSs => [DicomVr.US, DicomVr.SS],
        VrCode.ObOrOw => [DicomVr.OB, DicomVr.OW],
        VrCode.LutData => [DicomVr.US, DicomVr.SS, DicomVr.OW],
        VrCode.None => [],
        _ => [(DicomVr)code],
    };
}
