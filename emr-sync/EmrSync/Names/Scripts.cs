using System.Globalization;
using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>What a character is written in, as far as names need to know.</summary>
internal enum Script
{
    /// <summary>A space.</summary>
    Space,
    /// <summary>A round bracket.</summary>
    Bracket,
    /// <summary>ASCII, and letters of Latin, Greek and Cyrillic alphabets.</summary>
    Alphabet,
    Hangul,
    Kana,
    /// <summary>Hanja, Kanji, Hanzi.</summary>
    Han,
    /// <summary>Signs without a sound; a circle stands for what is hidden.</summary>
    Sign,
    /// <summary>Letters of which we know no sound.</summary>
    Other,
}

internal static class Scripts
{
    public static Script Of(Rune rune) => rune.Value switch
    {
        ' ' => Script.Space,
        '(' or ')' => Script.Bracket,
        < 0x80 => Script.Alphabet,
        (>= '가' and <= '힣') or (>= 'ㄱ' and <= 'ㅣ') => Script.Hangul,
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or '々' => Script.Han,
        var value when value <= char.MaxValue && Kana.Is((char)value) => Script.Kana,
        var value when value <= char.MaxValue && LatinLetters.Of((char)value) is not null => Script.Alphabet,
        _ => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            ? Script.Other : Script.Sign,
    };

    public static bool Has(string text, Script script)
    {
        foreach (var rune in text.EnumerateRunes())
            if (Of(rune) == script) return true;
        return false;
    }

    /// <summary>Whether it is all of one script, spaces aside.</summary>
    public static bool IsAll(string text, Script script)
    {
        var any = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var found = Of(rune);
            if (found == Script.Space) continue;
            if (found != script) return false;
            any = true;
        }

        return any;
    }

    /// <summary>How many characters of a script begin the text.</summary>
    public static int LengthOf(string text, Script script)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) != script) break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    /// <summary>The text in pieces of one script each, without spaces and brackets.</summary>
    public static IEnumerable<(Script Script, string Text)> Runs(string text)
    {
        var start = 0;
        var script = Script.Space;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var found = Of(rune);
            if (found != script)
            {
                if (script is not (Script.Space or Script.Bracket)) yield return (script, text[start..at]);
                (start, script) = (at, found);
            }

            at += rune.Utf16SequenceLength;
        }

        if (at > start && script is not (Script.Space or Script.Bracket)) yield return (script, text[start..]);
    }
}
