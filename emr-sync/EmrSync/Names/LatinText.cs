using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>
/// Writes text that is no name, such as descriptions, in ASCII: Latin letters lose their marks, Greek, Cyrillic and kana are
/// spelled out, Korean as it sounds. Characters of other scripts are left out; the caller decides what to show where nothing is
/// left.
/// </summary>
public static class LatinText
{
    /// <summary>The text in printable ASCII, without blanks at its ends.</summary>
    public static string ToAscii(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = LatinLetters.WithoutGreekPairs(Composed(text));
        var latin = new StringBuilder(whole.Length * 2);
        for (var at = 0; at < whole.Length;)
        {
            var rest = whole.AsSpan(at);
            var length = 1;
            if (Hangul(rest) is > 0 and var hangul) latin.Append(RevisedRomanization.Text(rest[..(length = hangul)]));
            else if (KanaIn(rest) is > 0 and var kana) latin.Append(Kana.ToLatin(rest[..(length = kana)]));
            else if (rest[0] is >= ' ' and <= '~') latin.Append(rest[0]);
            else if (LatinLetters.Of(rest[0]) is { } letters) latin.Append(letters);
            else if (char.IsWhiteSpace(rest[0])) latin.Append(' ');
            at += length;
        }

        return latin.ToString().Trim();
    }

    private static string Composed(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var usual = character is >= '\uFF00' and <= '\uFFDC' ? Widths.Usual(character) : character;
            if (whole.Length > 0 && Composition.TryCompose(whole[^1], usual, out var composed)) whole[^1] = composed;
            else if (usual != '\0') whole.Append(usual);
        }

        return whole.ToString();
    }

    private static int Hangul(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('가', '힣');
        return end < 0 ? text.Length : end;
    }

    private static int KanaIn(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && Kana.Is(text[length])) length++;
        return length;
    }
}
