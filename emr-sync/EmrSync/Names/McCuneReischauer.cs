namespace Gantry.EmrSync.Names;

/// <summary>
/// McCune-Reischauer (1939) in plain ASCII: without breves and apostrophes, as machines have always written it. Consonants
/// change with what stands before them, also in given names.
/// </summary>
internal static class McCuneReischauer
{
    // In the order of Unicode
    private static readonly string[] Initials =
        ["K", "KK", "N", "T", "TT", "R", "M", "P", "PP", "S", "SS", "", "CH", "TCH", "CH", "K", "T", "P", "H"];

    private static readonly string[] VoicedInitials =
        ["G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "TCH", "CH", "K", "T", "P", "H"];

    private static readonly string[] Vowels =
    [
        "A", "AE", "YA", "YAE", "O", "E", "YO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU", "U", "UI", "I",
    ];

    private static readonly string[] Finals =
    [
        "", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P", "T", "T", "NG", "T", "T",
        "K", "T", "P", "T",
    ];

    private static readonly string[] FinalsBeforeVowel =
    [
        "", "G", "KK", "KS", "N", "NJ", "N", "D", "R", "LG", "LM", "LB", "LS", "LT", "LP", "R", "M", "B", "PS", "S", "SS", "NG", "J", "CH",
        "K", "T", "P", "",
    ];

    /// <summary>A word of syllables, one spelling for each; letters that stand alone are spelled as in the Revised Romanization.</summary>
    public static string[] Word(ReadOnlySpan<char> hangul)
    {
        var spelled = new string[hangul.Length];
        for (var i = 0; i < hangul.Length; i++)
        {
            if (!HangulSyllable.Is(hangul[i]))
            {
                spelled[i] = RevisedRomanization.Syllable(hangul[i]);
                continue;
            }

            var syllable = HangulSyllable.Of(hangul[i]);
            var before = i > 0 && HangulSyllable.Is(hangul[i - 1]) ? HangulSyllable.Of(hangul[i - 1]) : default(HangulSyllable?);
            var next = i + 1 < hangul.Length && HangulSyllable.Is(hangul[i + 1]) ? HangulSyllable.Of(hangul[i + 1]) : default(HangulSyllable?);
            spelled[i] = Initial(before, syllable) + Vowels[syllable.Vowel] + Final(syllable, next);
        }

        return spelled;
    }

    // The system's table of medial consonants, read by its columns
    private static string Initial(HangulSyllable? before, HangulSyllable syllable)
    {
        if (syllable is { Initial: 9, Vowel: 16 }) return "SH"; // 쉬 is written shwi
        if (before is not { } previous) return Initials[syllable.Initial];
        var final = Finals[previous.Final];
        return (final, VoicedInitials[syllable.Initial]) switch
        {
            ("K" or "P" or "T" or "M" or "NG", "R") => "N",
            ("N" or "L", "R") or ("L", "N") => "L",
            ("L", "D") => "T",
            ("L", "J") => "CH",
            ("" or "N" or "L" or "M" or "NG", var voiced) => voiced,
            _ => Initials[syllable.Initial],
        };
    }

    private static string Final(HangulSyllable syllable, HangulSyllable? after)
    {
        var final = Finals[syllable.Final];
        if (after is not { } next) return final;
        if (next.Initial == HangulSyllable.SilentInitial) return FinalsBeforeVowel[syllable.Final];
        return (final, VoicedInitials[next.Initial]) switch
        {
            ("K", "N" or "R" or "M") => "NG",
            ("P", "N" or "R" or "M") => "M",
            ("T", "N" or "R" or "M") => "N",
            ("T", "G") => "K",
            ("T", "B") => "P",
            ("T", "S" or "SS") => "S",
            ("N", "R") => "L",
            ("L", "H") => "R",
            _ => final,
        };
    }
}
