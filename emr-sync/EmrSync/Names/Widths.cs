namespace Gantry.EmrSync.Names;

/// <summary>Full-width Latin and half-width kana and Hangul letters (Unicode block U+FF00), and brackets of East Asia.</summary>
internal static class Widths
{
    // U+FF61 to U+FF9F
    private const string Kana = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309A";

    /// <summary>The character in its usual width; NUL if nothing is to be written.</summary>
    public static char Usual(char character) => character switch
    {
        '［' or '【' or '〔' or '〈' or '《' or '「' or '『' or '[' or '（' => '(',
        '］' or '】' or '〕' or '〉' or '》' or '」' or '』' or ']' or '）' => ')',
        // A delimiter in full width is meant as a picture, not as a delimiter
        '＾' or '＝' or '＼' => ' ',
        >= '！' and <= '～' => (char)(character - '！' + '!'),
        >= '\uFF61' and <= '\uFF9F' => Usual(Kana[character - '\uFF61'], isWide: true),
        '\uFFA0' => '\0',
        >= '\uFFA1' and <= '\uFFBE' => (char)(character - '\uFFA1' + 'ㄱ'),
        >= '\uFFC2' and <= '\uFFC7' => (char)(character - '\uFFC2' + 'ㅏ'),
        >= '\uFFCA' and <= '\uFFCF' => (char)(character - '\uFFCA' + 'ㅕ'),
        >= '\uFFD2' and <= '\uFFD7' => (char)(character - '\uFFD2' + 'ㅛ'),
        >= '\uFFDA' and <= '\uFFDC' => (char)(character - '\uFFDA' + 'ㅡ'),
        _ => character,
    };

    private static char Usual(char character, bool isWide) => isWide && character is '「' or '」' ? Usual(character) : character;
}
