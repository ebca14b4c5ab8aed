namespace Gantry.Sidecar.Mwl;

/// <summary>
/// A text key: the value itself, or a pattern in which <c>*</c> stands for any characters and <c>?</c> for exactly one
/// (PS3.4 C.2.2.2.4). Leading and trailing spaces mean nothing on either side.
/// </summary>
internal sealed class TextPattern
{
    private const int LongestName = 3 * 64 + 2; // three component groups; what is longer is no name, and must not be taken apart

    private readonly string _pattern;
    private readonly bool _ignoreCase;

    public TextPattern(string text, bool ignoreCase = false, bool wildcards = true)
    {
        _ignoreCase = ignoreCase;
        _pattern = ignoreCase ? text.Trim().ToUpperInvariant() : text.Trim();
        if (wildcards && _pattern.Length <= LongestName && _pattern is [_, .., '^', '*']) WithoutLastComponent = new TextPattern(_pattern[..^2], ignoreCase);
        IsExact = !wildcards || _pattern.AsSpan().IndexOfAny('*', '?') < 0;
    }

    /// <summary>True if the key holds no wildcard: only one value matches.</summary>
    public bool IsExact { get; }

    public string Text => _pattern;

    /// <summary>
    /// For a name's key such as <c>JONES^MARY^*</c>, whose last component may be anything: the key without it, because a
    /// component that is not there is an empty one. Null for any other key.
    /// </summary>
    public TextPattern? WithoutLastComponent { get; }

    /// <summary>Whether a value matches; an empty value is unknown and matches nothing (PS3.4 K.2.2.1.1.1).</summary>
    public bool Matches(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (value.IsEmpty) return false;
        if (!_ignoreCase) return Run(value);
        Span<char> upper = value.Length <= 256 ? stackalloc char[value.Length] : new char[value.Length];
        value.ToUpperInvariant(upper);
        return Run(upper);
    }

    private bool Run(ReadOnlySpan<char> value) =>
        IsExact ? value.SequenceEqual(_pattern) : MatchesWildcards(value, _pattern);

    // Greedy with one point to come back to: linear in practice, value x pattern at the worst, never exponential.
    private static bool MatchesWildcards(ReadOnlySpan<char> value, ReadOnlySpan<char> pattern)
    {
        int v = 0, p = 0, starPattern = -1, starValue = 0;
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starValue = v;
            }
            else if (p < pattern.Length && pattern[p] == '?')
            {
                v += CharactersOf(value, v);
                p++;
            }
            else if (p < pattern.Length && pattern[p] == value[v])
            {
                v++;
                p++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern;
                starValue += CharactersOf(value, starValue);
                v = starValue;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    // A character outside the basic plane is two UTF-16 units, and one '?' stands for both.
    private static int CharactersOf(ReadOnlySpan<char> value, int at) =>
        char.IsHighSurrogate(value[at]) && at + 1 < value.Length && char.IsLowSurrogate(value[at + 1]) ? 2 : 1;
}
