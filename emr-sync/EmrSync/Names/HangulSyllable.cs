namespace Gantry.EmrSync.Names;

/// <summary>
/// A syllable block taken apart: initial x 588 + vowel x 28 + final (Unicode 3.12). Each number counts in the order of Unicode,
/// and final 0 is none.
/// </summary>
internal readonly record struct HangulSyllable(int Initial, int Vowel, int Final)
{
    public const int SilentInitial = 11;

    public static bool Is(char character) => character is >= '가' and <= '힣';

    public static HangulSyllable Of(char character)
    {
        var index = character - '가';
        return new(index / 588, index / 28 % 21, index % 28);
    }
}
