using System.Collections.Frozen;

namespace Gantry.EmrSync.Names;

/// <summary>Letters of Latin, Greek and Cyrillic alphabets in ASCII.</summary>
internal static class LatinLetters
{
    private static readonly FrozenDictionary<char, string> Capitals = Table(
        "ÀÁÂÃÅĀĂĄ=A ÄÆ=AE ÇĆĈĊČ=C ĎĐÐ=D ÈÉÊËĒĔĖĘĚ=E ĜĞĠĢ=G ĤĦ=H ÌÍÎÏĨĪĬĮİ=I Ĵ=J Ķ=K ĹĻĽĿŁ=L ÑŃŅŇǸ=N ÒÓÔÕŌŎŐƠ=O ÖØŒ=OE ŔŖŘ=R "
        + "ŚŜŞŠȘ=S ẞ=SS ŢŤŦȚ=T Þ=TH ÙÚÛŨŪŬŮŰŲƯ=U Ü=UE Ŵ=W ÝŶŸ=Y ŹŻŽ=Z ĸ=K ŉ=N Ŋ=NG Ĳ=IJ "
        + "ΑΆ=A Β=V Γ=G Δ=D ΕΈ=E Ζ=Z ΗΉ=I Θ=TH ΙΊΪ=I Κ=K Λ=L Μ=M Ν=N Ξ=X ΟΌ=O Π=P Ρ=R Σς=S Τ=T ΥΎΫ=Y Φ=F Χ=CH Ψ=PS ΩΏ=O "
        + "А=A Б=B В=V ГҐ=G Д=D ЕЭЁ=E Є=YE Ж=ZH З=Z ИІ=I Й=Y Ї=YI К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T УЎ=U Ф=F Х=KH Ц=TS Ч=CH "
        + "Ш=SH Щ=SHCH Ъ= Ы=Y Ь= Ю=YU Я=YA Ј=J Љ=LJ Њ=NJ Ћ=C Ђ=DJ Џ=DZ Ѓ=GJ Ќ=KJ Ѕ=DZ ӘƏ=A Ғ=GH Қ=K Ң=NG Ө=O ҰҮ=U Һ=H Ӯ=U");

    // U+1EA0 to U+1EF9, Vietnamese: pairs of a capital and a small letter
    private const string Vietnamese = "AAAAAAAAAAAAEEEEEEEEIIOOOOOOOOOOOOUUUUUUUYYYY";

    /// <summary>The ASCII letters of a letter, which may be none; null where the table does not have it.</summary>
    public static string? Of(char letter)
    {
        if (letter is >= '\u1EA0' and <= '\u1EF9')
        {
            var capital = Vietnamese[(letter - '\u1EA0') / 2];
            return ((letter & 1) == 0 ? capital : char.ToLowerInvariant(capital)).ToString();
        }

        if (letter == 'ß') return "ss";
        if (letter == 'ı') return "i";
        if (Capitals.TryGetValue(letter, out var spelled)) return letter is 'ς' or 'ŉ' or 'ĸ' ? spelled.ToLowerInvariant() : spelled;
        return Capitals.TryGetValue(char.ToUpperInvariant(letter), out spelled) ? spelled.ToLowerInvariant() : null;
    }

    /// <summary>The text with the one Greek vowel that two letters write in Latin letters already.</summary>
    public static string WithoutGreekPairs(string text) => !text.Contains('ο') && !text.Contains('Ο') ? text
        : text.Replace("ου", "ou", StringComparison.Ordinal).Replace("ού", "ou", StringComparison.Ordinal)
            .Replace("Ου", "Ou", StringComparison.Ordinal).Replace("Ού", "Ou", StringComparison.Ordinal).Replace("ΟΥ", "OU", StringComparison.Ordinal);

    private static FrozenDictionary<char, string> Table(string rows)
    {
        var letters = new Dictionary<char, string>();
        foreach (var row in rows.Split(' '))
        {
            var at = row.IndexOf('=', StringComparison.Ordinal);
            foreach (var letter in row[..at]) letters[letter] = row[(at + 1)..];
        }

        return letters.ToFrozenDictionary();
    }
}
