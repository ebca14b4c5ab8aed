namespace Gantry.EmrSync.Names;

/// <summary>
/// Takes a name apart as EMRs write it: with the delimiters of VR PN or without, the same name in a second script in brackets or
/// behind it, marks that tell namesakes apart.
/// </summary>
internal sealed class NameReader(WordOrder order, ISet<NameWarning> warnings)
{
    private readonly WordReader _words = new(order, warnings);

    /// <summary>Reads clean text.</summary>
    public WrittenName Read(string text)
    {
        var groups = text.Split('=', 3);
        var ideographic = groups.Length > 1 ? Group(groups[1]) : "";
        var phonetic = groups.Length > 2 ? Group(NameText.Clean(groups[2].Replace('=', ' '), out _)) : "";
        if (ideographic.Length + phonetic.Length == 0) return ReadAlone(groups[0].Trim());

        var first = groups[0].Trim(' ', '^').Length > 0 ? groups[0]
            : ideographic.Length == 0 || Scripts.Has(phonetic, Script.Hangul) || Scripts.Has(phonetic, Script.Kana) ? phonetic : ideographic;
        // In a value with groups the EMR speaks DICOM, and words are as it wants them
        var components = Scripts.Has(first, Script.Hangul) ? _words.Read(first) : NameComponents.Split(first);
        return new(components, ideographic.Length > 0 ? ideographic : HanOnly(components), phonetic);
    }

    private WrittenName ReadAlone(string text)
    {
        var (name, beside) = (text, new WrittenName([]));
        for (var open = name.IndexOf('('); open >= 0; open = open + 1 < name.Length ? name.IndexOf('(', open + 1) : -1)
        {
            var close = name.IndexOf(')', open);
            if (close < 0) break;
            var without = $"{name[..open].TrimEnd()}{name[(close + 1)..]}".Trim();
            if (!TryTakeBeside(ref without, name[(open + 1)..close].Trim(), ref beside)) continue;
            name = without;
            open = -1;
            if (name.Length == 0) break;
        }

        TakeWordsBehind(ref name, ref beside);
        var components = _words.Read(name);
        var ideographic = beside.Ideographic.Length > 0 ? Alike(beside.Ideographic, components) : HanOnly(components);
        return beside with
        {
            Components = components, Ideographic = ideographic,
            Phonetic = Scripts.Has(beside.Phonetic, Script.Hangul) ? string.Join('^', _words.Read(beside.Phonetic)) : Alike(beside.Phonetic, components),
        };
    }

    // "홍길동(洪吉童)", "洪吉童(홍길동)", "山田太郎(ヤマダタロウ)", "홍길동(HONG GILDONG)", "HONG GILDONG(홍길동)"
    private static bool TryTakeBeside(ref string name, string inside, ref WrittenName beside)
    {
        if (name.Length == 0) return false;
        if (Scripts.IsAll(inside, Script.Han) && beside.Ideographic.Length == 0 && !Scripts.Has(name, Script.Han))
        {
            beside = beside with { Ideographic = inside };
        }
        else if (Scripts.IsAll(inside, Script.Hangul) && IsKoreanName(inside) && beside.Phonetic.Length == 0 && beside.Ideographic.Length == 0
            && !Scripts.Has(name, Script.Hangul) && !Scripts.Has(name, Script.Kana))
        {
            if (!Scripts.IsAll(name, Script.Han)) beside = beside with { Phonetic = inside };
            else (name, beside) = (inside, beside with { Ideographic = name });
        }
        else if (Scripts.IsAll(inside, Script.Kana) && Scripts.IsAll(name, Script.Han) && beside.Phonetic.Length == 0)
        {
            beside = beside with { Phonetic = inside };
        }
        else if (beside.English.Length == 0 && IsEnglishOf(name, inside))
        {
            beside = beside with { English = inside };
        }
        else
        {
            return false;
        }

        return true;
    }

    // "홍길동 洪吉童", "홍길동 HONG GILDONG"
    private static void TakeWordsBehind(ref string name, ref WrittenName beside)
    {
        var words = name.Split(' ');
        var at = Array.FindIndex(words, word => !Scripts.Has(word, Script.Hangul));
        if (at < 1) return;
        var (before, behind) = (string.Join(' ', words[..at]), string.Join(' ', words[at..]));
        if (!Scripts.IsAll(before.Replace('^', ' '), Script.Hangul)) return;
        if (beside.Ideographic.Length == 0 && Scripts.IsAll(behind, Script.Han) && Letters(before) == Letters(behind))
            (name, beside) = (before, beside with { Ideographic = behind });
        else if (beside.English.Length == 0 && IsEnglishOf(before, behind))
            (name, beside) = (before, beside with { English = behind });
    }

    private static int Letters(string text) => text.EnumerateRunes().Count(rune => rune.Value is not (' ' or '^'));

    private static bool IsKoreanName(string text)
    {
        var hangul = text.Replace(" ", "", StringComparison.Ordinal);
        return hangul.Length >= 2 && !NameWords.IsNoName(hangul) && FamilyNames.LengthIn(hangul, out _) > 0;
    }

    private static bool IsEnglishOf(string korean, string latin)
    {
        var hangul = korean[..Scripts.LengthOf(korean, Script.Hangul)];
        if (!Scripts.IsAll(latin, Script.Alphabet) || hangul.Length == 0) return false;
        var words = latin.Split([' ', ',', '^'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 2 && EnglishName.FamilyAt(words, EnglishName.FamilyOf(hangul)) is not null;
    }

    private static string HanOnly(IReadOnlyList<string> components) =>
        components.Count > 0 && components.All(part => part.Length == 0 || Scripts.IsAll(part, Script.Han)) ? string.Join('^', components) : "";

    private static string Group(string text) => string.Join('^', NameComponents.Split(text));

    // Family and given name as in the name itself: 홍^길동 and 洪吉童 make 洪^吉童
    private static string Alike(string beside, IReadOnlyList<string> components)
    {
        if (beside.Contains('^', StringComparison.Ordinal)) return Group(beside);
        if (components.Count < 2) return beside;
        if (beside.Split(' ', 2) is [var family, var given]) return $"{family}^{given}";
        var (first, second) = (Scripts.LengthOf(components[0], Script.Hangul), Scripts.LengthOf(components[1], Script.Hangul));
        return first > 0 && second > 0 && beside.Length == first + second && Letters(beside) == beside.Length
            ? $"{beside[..first]}^{beside[first..]}" : beside;
    }
}
