using System.Text;
using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Makes a legal value out of an illegal one where that does not change which exam of which patient a row stands for: too
/// long is cut, illegal characters become spaces, what cannot be read as its type becomes empty.
/// </summary>
internal static class ValueMender
{
    /// <summary>The mended value, which may be empty; null if the column is essential and the row must be set aside.</summary>
    public static byte[]? Mend(DicomVr vr, WorklistColumn column, ReadOnlySpan<byte> value)
    {
        var rewritten = vr switch
        {
            DicomVr.CS => Upper(value),
            DicomVr.TM => WithoutColons(value),
            _ => null,
        };
        if (rewritten is not null && DicomVrRules.Validate(vr, rewritten) is null) return rewritten;
        if (RowFault.IsEssential(column)) return null;
        if (vr is not (DicomVr.SH or DicomVr.LO or DicomVr.ST or DicomVr.LT or DicomVr.PN or DicomVr.AE)) return [];
        var text = Scrub(vr, Encoding.UTF8.GetString(value));
        // Half a title would be another station's
        if (vr == DicomVr.AE) return text.Length <= DicomVrRules.MaximumCharacters(vr) ? Encoding.UTF8.GetBytes(text) : [];
        return Cut(vr, text);
    }

    /// <summary>
    /// M, F or O, which are all that Patient's Sex may be (PS3.3 C.7.1.1), also where it is spelled out; empty for anything else.
    /// </summary>
    public static ReadOnlySpan<byte> Sex(ReadOnlySpan<byte> value) =>
        Ascii.EqualsIgnoreCase(value, "M"u8) || Ascii.EqualsIgnoreCase(value, "MALE"u8) ? "M"u8
        : Ascii.EqualsIgnoreCase(value, "F"u8) || Ascii.EqualsIgnoreCase(value, "FEMALE"u8) ? "F"u8
        : Ascii.EqualsIgnoreCase(value, "O"u8) || Ascii.EqualsIgnoreCase(value, "OTHER"u8) ? "O"u8
        : default;

    private static byte[] Upper(ReadOnlySpan<byte> value)
    {
        var upper = value.ToArray();
        Ascii.ToUpperInPlace(upper, out _);
        return upper;
    }

    private static byte[] WithoutColons(ReadOnlySpan<byte> value)
    {
        var time = new List<byte>(value.Length);
        foreach (var unit in value)
            if (unit != (byte)':') time.Add(unit);
        return [.. time];
    }

    private static string Scrub(DicomVr vr, string text)
    {
        var scrubbed = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var keep = (!char.IsControl(character) || (vr is DicomVr.LT or DicomVr.ST && character is '\t' or '\n' or '\f' or '\r'))
                && (character != '\\' || vr is DicomVr.LT or DicomVr.ST) && character != '�' && (vr != DicomVr.AE || character < 0x80);
            scrubbed.Append(keep ? character : ' ');
        }

        return scrubbed.ToString().Trim();
    }

    private static byte[] Cut(DicomVr vr, string text)
    {
        var limit = DicomVrRules.MaximumCharacters(vr) ?? int.MaxValue;
        return Encoding.UTF8.GetBytes(vr == DicomVr.PN
            ? string.Join('=', text.Split('=').Take(3).Select(group => Shorten(WithFiveComponents(group), limit))) : Shorten(text, limit));
    }

    // What comes behind the suffix is added to it
    private static string WithFiveComponents(string group) =>
        group.Split('^') is { Length: > 5 } parts ? string.Join('^', parts[..4].Append(string.Join(' ', parts[4..]).Trim())) : group;

    private static string Shorten(string text, int characters)
    {
        var kept = new StringBuilder(characters);
        foreach (var rune in text.EnumerateRunes().Take(characters)) kept.Append(rune.ToString());
        return kept.ToString().TrimEnd();
    }
}
