using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>A name in Latin letters as an EMR gives it beside the name itself: of a passport, mostly.</summary>
internal static class EnglishName
{
    /// <summary>
    /// The name as a group of VR PN in ASCII, spelled as the EMR spells it; null if it is not in Latin letters or too long.
    /// The family name is found by its Korean one, wherever it stands.
    /// </summary>
    public static string? Read(string? english, string koreanFamily, WordOrder order)
    {
        if (InAscii(NameText.Clean(english, out _).Split('=')[0]) is not { } text) return null;
        IReadOnlyList<string> components = NameComponents.Split(text);
        if (components.Count == 1) components = Words(components[0], koreanFamily, order);
        var group = NameComponents.Join(components, out var isCut);
        return !isCut && group.Any(char.IsAsciiLetter) ? group : null;
    }

    /// <summary>The Korean family name at the beginning of a name.</summary>
    public static string FamilyOf(string hangul) =>
        FamilyNames.Is(hangul) ? hangul : hangul[..FamilyNames.LengthIn(hangul, out _)];

    /// <summary>Whether the first word (0) or the last (its index) spells a family name; null if neither does.</summary>
    public static int? FamilyAt(string[] words, string koreanFamily) =>
        koreanFamily.Length == 0 ? null
        : FamilyNames.IsSpelling(koreanFamily, words[0]) ? 0
        : FamilyNames.IsSpelling(koreanFamily, words[^1]) ? words.Length - 1
        : null;

    private static IReadOnlyList<string> Words(string text, string koreanFamily, WordOrder order)
    {
        var words = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || text.Contains(',', StringComparison.Ordinal) || NameWords.IsNoName(words[0]))
            return new WordReader(order, new HashSet<NameWarning>()).Read(text);
        return FamilyAt(words, koreanFamily) switch
        {
            0 => [words[0], string.Join(' ', words[1..])],
            > 0 => [words[^1], string.Join(' ', words[..^1])],
            _ => new WordReader(order, new HashSet<NameWarning>()).Read(text),
        };
    }

    private static string? InAscii(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) latin.Append((char)rune.Value);
            else if (rune.IsBmp && LatinLetters.Of((char)rune.Value) is { } letters) latin.Append(letters);
            else if (Scripts.Of(rune) != Script.Sign) return null;
        }

        return NameText.Clean(latin.ToString(), out _); // what was left out may have stood between two spaces
    }
}
