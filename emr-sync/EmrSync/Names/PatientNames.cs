namespace Gantry.EmrSync.Names;

/// <summary>
/// Makes the names that modalities show out of what an EMR holds: in any script, in any of the ways names are typed. Never
/// throws, whatever the text; every group is legal in VR PN (PS3.5 6.2.1); the same text gives the same name. Thread-safe.
/// </summary>
/// <param name="options">The styles, and which modalities get Latin letters.</param>
public sealed class PatientNames(NameOptions options) : INameWriter
{
    // Goes up with every change of tables or rules that writes some name otherwise
    private const int Rules = 1;

    // A group that is cut is read anew, since what is left of it may be another kind of name; it settles at once
    private const int MostReadings = 3;

    /// <summary>The name of a patient as the store's columns hold it.</summary>
    /// <param name="name">The name in any script: with the delimiters of VR PN, or as the EMR writes it.</param>
    /// <param name="english">The patient's own spelling in Latin letters, where the EMR has one; it wins over ours.</param>
    /// <param name="modality">The modality of the order.</param>
    public PatientName Map(string? name, string? english = null, string? modality = null)
    {
        var warnings = new SortedSet<NameWarning>();
        var text = NameText.Clean(name, out var isReplaced);
        if (isReplaced) warnings.Add(NameWarning.CharactersReplaced);
        var reader = new NameReader(options.WordOrder, warnings);
        var (native, ideographic, phonetic, besideIt) = ("", "", "", "");
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var written = reader.Read(text);
            native = NameComponents.Join(written.Components, out var isCut);
            ideographic = Join(written.Ideographic, ref isCut);
            phonetic = Join(written.Phonetic, ref isCut);
            if (written.English.Length > 0) besideIt = written.English;
            if (!isCut) break;
            warnings.Add(NameWarning.Cut);
            text = $"{native}={ideographic}={phonetic}";
        }

        if (native.Length == 0)
        {
            native = EnglishSpelling(english, "", "", warnings) ?? "";
            if (native.Length == 0) warnings.Add(NameWarning.Empty);
            return new(native, ideographic, phonetic, "", [.. warnings]);
        }

        if (System.Text.Ascii.IsValid(native)) return new(native, ideographic, phonetic, "", [.. warnings]);
        var latin = EnglishSpelling(english, besideIt, native, warnings) ?? Spell([native, phonetic], modality, warnings);
        if (latin.Length == 0) warnings.Add(NameWarning.NoLatinSpelling);
        if (latin.Length == 0 || !options.IsRomanized(modality) || !IsEastAsian(native))
            return new(native, ideographic, phonetic, latin, [.. warnings]);
        var spoken = phonetic.Length == 0 && options.KeepHangul && !Scripts.Has(native, Script.Han) ? native : phonetic;
        return new(latin, ideographic, spoken, "", [.. warnings]);
    }

    /// <inheritdoc/>
    public string Fingerprint { get; } = string.Join('/', [
        $"names {Rules}", options.Style, options.GivenName, options.KeepHangul, options.WordOrder, string.Join(',', options.RomanizedModalities),
        .. options.Overrides.Select(entry => $"{string.Join(',', entry.Modalities)} {entry.Style} {entry.GivenName}")]);

    /// <inheritdoc/>
    public PatientNameForms Write(string name, string english, string modality)
    {
        var mapped = Map(name, english, modality);
        return new(mapped.Name, OrNull(mapped.Ideographic), OrNull(mapped.Phonetic), OrNull(mapped.Romanized));
    }

    /// <summary>
    /// One group of VR PN in ASCII, for a peer that takes no other letters; empty where nothing tells how the name sounds. Text
    /// without <c>^</c> is taken apart only if it is Korean.
    /// </summary>
    /// <param name="group">The group, or a whole value of VR PN, of which the first group that has text is taken.</param>
    /// <param name="modality">The modality of the order, on which the style may depend.</param>
    public string InLatin(string group, string? modality = null)
    {
        var text = NameText.Clean(group, out _).Split('=').FirstOrDefault(part => part.Trim(' ', '^').Length > 0) ?? "";
        return Spell([text], modality, new HashSet<NameWarning>());
    }

    private string Spell(ReadOnlySpan<string> groups, string? modality, ISet<NameWarning> warnings)
    {
        var (style, form) = options.For(modality);
        var speller = new LatinSpeller(style, form);
        foreach (var group in groups)
        {
            var components = Scripts.Has(group, Script.Hangul)
                ? new WordReader(options.WordOrder, new HashSet<NameWarning>()).Read(group) : NameComponents.Split(group);
            var latin = speller.Spell(components);
            if (latin.Length == 0) continue;
            if (speller.IsTransliterated) warnings.Add(NameWarning.Transliterated);
            return latin;
        }

        return "";
    }

    private static string? OrNull(string group) => group.Length > 0 ? group : null;

    // What the EMR gives in a column of its own is better than what stands beside the name
    private string? EnglishSpelling(string? english, string besideIt, string native, SortedSet<NameWarning> warnings)
    {
        var first = native.Split('^')[0];
        var family = EnglishName.FamilyOf(first[..Scripts.LengthOf(first, Script.Hangul)]);
        var spelled = EnglishName.Read(english, family, options.WordOrder);
        if (spelled is null && !string.IsNullOrWhiteSpace(english)) warnings.Add(NameWarning.EnglishRefused);
        return spelled ?? (besideIt.Length > 0 ? EnglishName.Read(besideIt, family, options.WordOrder) : null);
    }

    private static bool IsEastAsian(string name) =>
        Scripts.Has(name, Script.Hangul) || Scripts.Has(name, Script.Kana) || Scripts.Has(name, Script.Han);

    private static string Join(string group, ref bool isCut)
    {
        var joined = NameComponents.Join(NameComponents.Split(group), out var isGroupCut);
        isCut |= isGroupCut;
        return joined;
    }
}
