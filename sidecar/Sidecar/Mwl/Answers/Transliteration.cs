using System.Collections.Frozen;
using System.Text;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Writes text in plain Latin letters for a peer that can take no other: Latin letters lose their marks, Greek, Cyrillic and
/// Hangul are spelled out. Characters of other scripts are left out; the caller decides what to show where nothing is left.
/// </summary>
internal static class Transliteration
{
    private static readonly string[] Initials =
        ["G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "JJ", "CH", "K", "T", "P", "H"];

    private static readonly string[] Vowels =
    [
        "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU", "EU", "UI", "I",
    ];

    private static readonly string[] Finals =
    [
        "", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P", "T", "T", "NG", "T", "T",
        "K", "T", "P", "T",
    ];

    private static readonly FrozenDictionary<char, string> Letters = Table(
        "ÀÁÂÃÅĀĂĄ=A ÄÆ=AE ÇĆĈĊČ=C ĎĐÐ=D ÈÉÊËĒĔĖĘĚ=E ĜĞĠĢ=G ĤĦ=H ÌÍÎÏĨĪĬĮİ=I Ĵ=J Ķ=K ĹĻĽĿŁ=L ÑŃŅŇ=N ÒÓÔÕŌŎŐ=O ÖØŒ=OE ŔŖŘ=R "
        + "ŚŜŞŠȘ=S ẞ=SS ŢŤŦȚ=T Þ=TH ÙÚÛŨŪŬŮŰŲ=U Ü=UE Ŵ=W ÝŶŸ=Y ŹŻŽ=Z ĸ=K ŉ=N Ŋ=NG "
        + "ΑΆ=A Β=V Γ=G Δ=D ΕΈ=E Ζ=Z ΗΉ=I Θ=TH ΙΊΪ=I Κ=K Λ=L Μ=M Ν=N Ξ=X ΟΌ=O Π=P Ρ=R Σς=S Τ=T ΥΎΫ=Y Φ=F Χ=CH Ψ=PS ΩΏ=O "
        + "А=A Б=B В=V ГҐ=G Д=D ЕЭЁ=E Є=YE Ж=ZH З=Z ИІ=I Й=Y Ї=YI К=K Л=L М=M Н=N О=O П=P Р=R С=S Т=T УЎ=U Ф=F Х=KH Ц=TS Ч=CH "
        + "Ш=SH Щ=SHCH Ъ= Ы=Y Ь= Ю=YU Я=YA Ј=J Љ=LJ Њ=NJ Ћ=C Ђ=DJ Џ=DZ Ѓ=GJ Ќ=KJ Ѕ=DZ");

    public static string ToAscii(string text)
    {
        var latin = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~') latin.Append(character);
            else if (character is >= '가' and <= '힣') AppendHangul(latin, character - '가');
            else if (Letters.TryGetValue(character, out var letters)) latin.Append(letters);
            else if (Letters.TryGetValue(char.ToUpperInvariant(character), out letters)) latin.Append(InLowerCase(letters));
            else if (char.IsWhiteSpace(character)) latin.Append(' ');
        }

        return latin.ToString().Trim();
    }

    // A syllable block is initial x 588 + vowel x 28 + final (Unicode 3.12); Revised Romanization, syllable by syllable
    private static void AppendHangul(StringBuilder latin, int syllable) =>
        latin.Append(Initials[syllable / 588]).Append(Vowels[syllable / 28 % 21]).Append(Finals[syllable % 28]);

    private static string InLowerCase(string letters) => letters.ToLowerInvariant();

    private static FrozenDictionary<char, string> Table(string rows) =>
        rows.Split(' ').Select(row => row.Split('='))
            .SelectMany(row => row[0].Select(letter => KeyValuePair.Create(letter, row[1])))
            .Append(KeyValuePair.Create('ß', "ss"))
            .ToFrozenDictionary();
}
