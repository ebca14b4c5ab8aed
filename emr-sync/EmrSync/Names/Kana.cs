using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>Japanese syllables in Latin letters by Hepburn's system, as they are written: <c>TAROU</c>, long marks left out.</summary>
internal static class Kana
{
    // U+3041 to U+3096; katakana stand 0x60 higher
    private static readonly string[] Syllables = (
        "A A I I U U E E O O KA GA KI GI KU GU KE GE KO GO SA ZA SHI JI SU ZU SE ZE SO ZO TA DA CHI JI TSU TSU ZU TE DE TO DO NA NI NU NE NO "
        + "HA BA PA HI BI PI FU BU PU HE BE PE HO BO PO MA MI MU ME MO YA YA YU YU YO YO RA RI RU RE RO WA WA I E O N VU KA KE").Split(' ');

    private const string SmallVowels = "ぁぃぅぇぉ", SmallYs = "ゃゅょ", Doubling = "っ", Wa = "ゎ";

    public static bool Is(char character) =>
        character is (>= 'ぁ' and <= 'ゖ') or (>= 'ァ' and <= 'ヶ') or 'ー' or '・' or 'ヽ' or 'ヾ' or 'ゝ' or 'ゞ';

    public static string ToLatin(ReadOnlySpan<char> kana)
    {
        var latin = new StringBuilder(kana.Length * 2);
        var isDoubled = false;
        foreach (var character in kana)
        {
            var syllable = character is >= 'ァ' and <= 'ヶ' ? (char)(character - 0x60) : character;
            if (syllable == '・') latin.Append(' ');
            if (syllable is < 'ぁ' or > 'ゖ') continue;
            if (Doubling.Contains(syllable))
            {
                isDoubled = true;
                continue;
            }

            var spelled = Syllables[syllable - 'ぁ'];
            if (SmallYs.Contains(syllable) && latin.Length > 1 && latin[^1] == 'I')
            {
                // き + ゃ is KYA, but し + ゃ is SHA
                latin.Length--;
                latin.Append(latin[^1] is 'H' or 'J' && !EndsInPlainH(latin) ? spelled[1..] : spelled);
            }
            else if ((SmallVowels.Contains(syllable) || Wa.Contains(syllable)) && latin.Length > 1 && latin[^1] is 'U' or 'E' or 'I' or 'O')
            {
                latin.Length--;
                latin.Append(spelled);
            }
            else
            {
                if (isDoubled && spelled[0] is not ('A' or 'I' or 'U' or 'E' or 'O')) latin.Append(spelled[0] == 'C' ? 'T' : spelled[0]);
                latin.Append(spelled);
            }

            isDoubled = false;
        }

        return latin.ToString().Trim();
    }

    // ひ + ゃ is HYA
    private static bool EndsInPlainH(StringBuilder latin) => latin[^1] == 'H' && (latin.Length < 2 || latin[^2] is not ('S' or 'C'));
}
