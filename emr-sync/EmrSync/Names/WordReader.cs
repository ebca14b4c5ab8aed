namespace Gantry.EmrSync.Names;

/// <summary>Finds family name and given name in words that an EMR wrote without the delimiters of VR PN.</summary>
internal sealed class WordReader(WordOrder order, ISet<NameWarning> warnings)
{
    /// <summary>The components of a group; as they are where it has delimiters.</summary>
    public IReadOnlyList<string> Read(string group)
    {
        var components = NameComponents.Split(group);
        if (components.Count != 1) return components;
        var text = components[0];
        List<string> words = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (Scripts.LengthOf(text, Script.Hangul) > 0) LeaveTitleOut(words);
        text = string.Join(' ', words);
        if (Scripts.Runs(text).Select(run => NameWords.IsNoName(run.Text)).FirstOrDefault())
        {
            warnings.Add(NameWarning.NotAName);
            return [text];
        }

        return Scripts.LengthOf(text, Script.Hangul) > 0 ? Korean(words) : Other(words, text);
    }

    private void LeaveTitleOut(List<string> words)
    {
        var before = words.Sum(word => word.Length);
        while (words.Count > 1 && NameWords.IsTitle(words[^1])) words.RemoveAt(words.Count - 1);
        if (Scripts.IsAll(words[^1], Script.Hangul)) words[^1] = NameWords.WithoutTitle(words[^1]);
        if (words.Sum(word => word.Length) < before) warnings.Add(NameWarning.TitleLeftOut);
    }

    private IReadOnlyList<string> Korean(List<string> words)
    {
        var first = words[0];
        var hangul = first[..Scripts.LengthOf(first, Script.Hangul)];
        var mark = first[hangul.Length..]; // digits, brackets, another script
        if (words.Count > 1 && mark.Length == 0 && FamilyNames.Is(hangul)) return [hangul, Given("", "", words[1..])];

        var (name, behind) = NameWords.WithoutWordBehind(hangul);
        var length = FamilyNames.LengthIn(name, out var isAmbiguous);
        if (isAmbiguous) warnings.Add(NameWarning.AmbiguousFamilyName);
        if (length == 0)
        {
            warnings.Add(NameWarning.NoFamilyName);
            return Other(words, string.Join(' ', words));
        }

        if (behind.Length > 0) behind = " " + behind;
        var given = Given(name[length..], behind + mark, words[1..]);
        return given.Length > 0 ? [name[..length], given] : [name[..length]];
    }

    // 길 동 is 길동; what follows, such as whose newborn it is or a number, stays a word of its own
    private static string Given(string start, string mark, List<string> words)
    {
        var given = start;
        if (start.Length == 0 && mark.Length == 0)
        {
            while (words.Count > 0 && words[0].Length == 1 && HangulSyllable.Is(words[0][0]))
            {
                given += words[0];
                words = words[1..];
            }

            if (given.Length == 0 && words.Count > 0) (given, words) = (Apart(words[0]), words[1..]);
        }

        return string.Join(' ', [given + mark, .. words]).Trim();
    }

    private static string Apart(string given)
    {
        // A family name is put before it, since whether a word stands behind a name is known of whole names
        var (name, behind) = NameWords.WithoutWordBehind("김" + given);
        return behind.Length > 0 && name.Length > 2 ? $"{name[1..]} {behind}" : given;
    }

    private IReadOnlyList<string> Other(List<string> words, string text)
    {
        if (text.AsSpan().Count(',') == 1)
        {
            string[] sides = [.. text.Split(',').Select(side => side.Trim()).Where(side => side.Length > 0)];
            return sides.Length == 1 ? Read(sides[0]) : sides;
        }

        if (words.Count < 2) return text.Length > 0 ? [text] : [];
        return order switch
        {
            WordOrder.FamilyFirst => [words[0], string.Join(' ', words[1..])],
            WordOrder.FamilyLast => [words[^1], string.Join(' ', words[..^1])],
            _ => [text],
        };
    }
}
