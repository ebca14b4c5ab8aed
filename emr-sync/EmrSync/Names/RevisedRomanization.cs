using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>
/// The Revised Romanization of Korean (Ministry of Culture and Tourism, 2000). Names are spelled syllable by syllable, since the
/// rule for names leaves changes of sound out; other text is spelled as it sounds.
/// </summary>
internal static class RevisedRomanization
{
    private static readonly string[] Initials =
        ["G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "JJ", "CH", "K", "T", "P", "H"];

    private static readonly string[] Vowels =
    [
        "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU", "EU", "UI", "I",
    ];

    // At the end of a word or before a consonant, in the order of Unicode
    private static readonly string[] Finals =
    [
        "", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P", "T", "T", "NG", "T", "T",
        "K", "T", "P", "T",
    ];

    // Before a vowel the last consonant moves over
    private static readonly string[] FinalsBeforeVowel =
    [
        "", "G", "KK", "KS", "N", "NJ", "N", "D", "R", "LG", "LM", "LB", "LS", "LT", "LP", "R", "M", "B", "PS", "S", "SS", "NG", "J", "CH",
        "K", "T", "P", "",
    ];

    // U+3131 to U+3163: letters that stand alone
    private static readonly string[] Consonants =
    [
        "G", "KK", "GS", "N", "NJ", "NH", "D", "TT", "R", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "PP", "BS", "S", "SS", "NG",
        "J", "JJ", "CH", "K", "T", "P", "H",
    ];

    /// <summary>One syllable, or one letter that stands alone.</summary>
    public static string Syllable(char character)
    {
        if (!HangulSyllable.Is(character))
            return character < 'ㅏ' ? Consonants[character - 'ㄱ'] : Vowels[character - 'ㅏ'];
        var syllable = HangulSyllable.Of(character);
        return Initials[syllable.Initial] + Vowels[syllable.Vowel] + Finals[syllable.Final];
    }

    /// <summary>Words that are no name, with the changes of sound between syllables.</summary>
    public static string Text(ReadOnlySpan<char> hangul)
    {
        var latin = new StringBuilder(hangul.Length * 4);
        var before = default(HangulSyllable?); // whose final is still to be written
        foreach (var character in hangul)
        {
            if (!HangulSyllable.Is(character))
            {
                latin.Append(Finals[before?.Final ?? 0]).Append(Syllable(character));
                before = null;
                continue;
            }

            var syllable = HangulSyllable.Of(character);
            var (final, initial) = Meet(before?.Final ?? 0, syllable.Initial);
            latin.Append(final).Append(initial).Append(Vowels[syllable.Vowel]);
            before = syllable;
        }

        return latin.Append(Finals[before?.Final ?? 0]).ToString();
    }

    private static (string Final, string Initial) Meet(int final, int initial)
    {
        var (end, start) = (Finals[final], Initials[initial]);
        if (initial == HangulSyllable.SilentInitial) return (FinalsBeforeVowel[final], "");
        var isBreathed = final is 6 or 15 or 27; // ㄶ, ㅀ and ㅎ
        if (isBreathed && start is "G" or "D" or "J") return (final == 27 ? "" : end, start switch { "G" => "K", "D" => "T", _ => "CH" });
        if (final == 27 && start is "S" or "H") return ("", start);
        return (end, start) switch
        {
            ("N" or "L", "R") or ("L", "N") => ("L", "L"),
            ("K", "N" or "R") => ("NG", "N"),
            ("T", "N" or "R") => ("N", "N"),
            ("P", "N" or "R") => ("M", "N"),
            ("M" or "NG", "R") => (end, "N"),
            ("K", "M") => ("NG", "M"),
            ("T", "M") => ("N", "M"),
            ("P", "M") => ("M", "M"),
            _ => (end, start),
        };
    }
}
