using System.Globalization;
using System.Text;

namespace Gantry.EmrSync.Names;

/// <summary>
/// Brings text from an EMR into one form: whole syllables and letters instead of their parts, the usual width, single spaces,
/// nothing that VR PN forbids. Done by tables of our own, since the program runs without those of ICU.
/// </summary>
internal static class NameText
{
    // Three groups fit in many times over; what is longer is no name, and looking at all of it would be work for nothing
    private const int MostCharacters = 1024;

    /// <summary>The text in its one form; true in <paramref name="isReplaced"/> if it had what must not stand there.</summary>
    public static string Clean(string? text, out bool isReplaced)
    {
        isReplaced = false;
        var clean = new StringBuilder(text?.Length is { } length ? Math.Min(length, MostCharacters) : 0);
        foreach (var rune in (text ?? "").AsSpan(0, Math.Min(text?.Length ?? 0, MostCharacters)).EnumerateRunes())
        {
            if (rune.Value is '\\' or 0xFFFD || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control)
            {
                // Padding of a fixed column is no fault
                isReplaced |= rune.Value is not (0 or '\t');
                AppendSpace(clean);
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                AppendSpace(clean);
            }
            else if (!IsInvisible(rune))
            {
                if (rune.IsBmp) Append(clean, Widths.Usual((char)rune.Value));
                else clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    private static void AppendSpace(StringBuilder clean)
    {
        if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
    }

    private static void Append(StringBuilder clean, char character)
    {
        if (character == '\0') return;
        if (character == ' ') AppendSpace(clean);
        else if (clean.Length > 0 && Composition.TryCompose(clean[^1], character, out var whole)) clean[^1] = whole;
        else clean.Append(character);
    }

    // Direction marks, joiners, byte order marks and variation selectors; they have no place in an ISO 2022 set either
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
