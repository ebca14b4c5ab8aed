namespace Gantry.EmrSync.Names;

/// <summary>Spells the components of a name in ASCII.</summary>
internal sealed class LatinSpeller(RomanizationStyle style, GivenNameForm form)
{
    private const string Circles = "○◯〇●◎";

    /// <summary>True after a name in which another script than Hangul or Latin was spelled out.</summary>
    public bool IsTransliterated { get; private set; }

    /// <summary>
    /// The group in Latin letters, cut behind a whole syllable where it is too long. Empty if some of its letters have no sound
    /// that we know: half a name would be another name.
    /// </summary>
    public string Spell(IReadOnlyList<string> components)
    {
        IsTransliterated = false;
        var group = new GroupWriter();
        for (var i = 0; i < components.Count; i++)
        {
            if (i > 0) group.NextComponent();
            if (!TrySpell(components[i], isFamilyName: i == 0, group)) return "";
        }

        var latin = group.ToString();
        return latin.Any(char.IsAsciiLetterOrDigit) ? latin : "";
    }

    private bool TrySpell(string component, bool isFamilyName, GroupWriter group)
    {
        if (System.Text.Ascii.IsValid(component))
        {
            foreach (var character in component) group.Append(character.ToString());
            return true;
        }

        var isFirst = true;
        foreach (var (script, text) in Scripts.Runs(component))
        {
            group.NextWord();
            switch (script)
            {
                case Script.Alphabet:
                    Append(text, group);
                    break;
                case Script.Hangul when isFirst && isFamilyName && FamilyNames.Is(text):
                    group.Append(FamilyName(text));
                    break;
                case Script.Hangul when (isFamilyName || !isFirst) && NameWords.InEnglish(text) is { } word:
                    group.Append(word);
                    break;
                case Script.Hangul:
                    Append(Syllables(text), isFamilyName ? GivenNameForm.Joined : form, group);
                    break;
                case Script.Kana:
                    IsTransliterated = true;
                    group.Append(Kana.ToLatin(text));
                    break;
                case Script.Sign:
                    foreach (var _ in text.Where(sign => Circles.Contains(sign, StringComparison.Ordinal))) group.Append("O");
                    break;
                default:
                    return false;
            }

            isFirst = false;
        }

        return true;
    }

    private string FamilyName(string hangul) => style switch
    {
        RomanizationStyle.Conventional when FamilyNames.Customary(hangul) is { } customary => customary,
        // The system's own exception: a lone vowel would be no name
        RomanizationStyle.McCuneReischauer when hangul == "이" => "YI",
        _ => string.Concat(Syllables(hangul)),
    };

    private string[] Syllables(string hangul) => style == RomanizationStyle.McCuneReischauer
        ? McCuneReischauer.Word(hangul) : [.. hangul.Select(RevisedRomanization.Syllable)];

    private static void Append(string[] syllables, GivenNameForm form, GroupWriter group)
    {
        for (var i = 0; i < syllables.Length; i++)
        {
            if (i > 0 && form == GivenNameForm.Space) group.NextWord();
            group.Append(i > 0 && form == GivenNameForm.Hyphen ? "-" + syllables[i] : syllables[i]);
        }
    }

    private void Append(string text, GroupWriter group)
    {
        foreach (var letter in LatinLetters.WithoutGreekPairs(text))
        {
            // Behind the Latin blocks: Greek, Cyrillic
            IsTransliterated |= letter is > '\u024F' and < '\u1E00';
            group.Append(char.IsAscii(letter) ? letter.ToString() : LatinLetters.Of(letter) ?? "");
        }
    }
}
