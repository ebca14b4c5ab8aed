namespace Gantry.Cloud.Clinics;

/// <summary>NHS numbers: ten digits, the last of which checks the others (modulus 11).</summary>
internal static class NhsNumber
{
    /// <summary>Only the digits and letters: "999 000 1112" and "999-000-1112" are the same person's.</summary>
    public static string Plain(string? text) => text is null ? "" : string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>As people read it, 3 3 4.</summary>
    public static string Spaced(string text) => text.Length == 10 ? $"{text[..3]} {text[3..6]} {text[6..]}" : text;

    public static bool IsValid(string text) =>
        text.Length == 10 && text.All(char.IsAsciiDigit) && CheckDigit(text[..9]) == text[9] - '0';

    /// <summary>The tenth digit; null when no number begins with these nine.</summary>
    public static int? CheckDigit(string nine)
    {
        var sum = 0;
        for (var at = 0; at < 9; at++)
            sum += (nine[at] - '0') * (10 - at);
        return (11 - sum % 11) switch { 11 => 0, 10 => null, var digit => digit };
    }
}
