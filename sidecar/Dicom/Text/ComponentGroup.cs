namespace Gantry.Dicom;

/// <summary>
/// One group of a person's name: five components, the absent ones empty (PS3.5 6.2.1.1). Veterinary names put the
/// responsible party into <see cref="FamilyName"/> and the patient's name into <see cref="GivenName"/>.
/// </summary>
public sealed record ComponentGroup(
    string FamilyName = "", string GivenName = "", string MiddleName = "", string NamePrefix = "", string NameSuffix = "")
{
    /// <summary>The most characters of one group, delimiters included (PS3.5 Table 6.2-1, PN).</summary>
    public const int MaximumLength = 64;

    /// <summary>The group without any component.</summary>
    public static ComponentGroup Empty { get; } = new();

    /// <summary>True if no component has text.</summary>
    public bool IsEmpty => FamilyName.Length + GivenName.Length + MiddleName.Length + NamePrefix.Length + NameSuffix.Length == 0;

    /// <summary>
    /// True if the group may stand in a PN value: at most 64 characters, counted as Unicode code points, and none of them a
    /// delimiter or control character.
    /// </summary>
    public bool IsLegal
    {
        get
        {
            var count = 4;
            foreach (var component in (ReadOnlySpan<string>)[FamilyName, GivenName, MiddleName, NamePrefix, NameSuffix])
            {
                foreach (var rune in component.EnumerateRunes())
                {
                    if (rune.Value is '^' or '=' or '\\' || TextDelimiters.IsControl(rune.Value)
                        || rune.Value == TextDelimiters.Escape)
                    {
                        return false;
                    }

                    count++;
                }
            }

            return count - TrailingDelimiters <= MaximumLength;
        }
    }

    private int TrailingDelimiters =>
        NameSuffix.Length > 0 ? 0 : NamePrefix.Length > 0 ? 1 : MiddleName.Length > 0 ? 2 : GivenName.Length > 0 ? 3 : 4;

    /// <summary>The components with <c>^</c> between them, without trailing delimiters.</summary>
    public override string ToString()
    {
        var all = string.Join('^', FamilyName, GivenName, MiddleName, NamePrefix, NameSuffix);
        return all[..^TrailingDelimiters];
    }

    /// <summary>The components of a group; null if there are more than five.</summary>
    internal static ComponentGroup? Read(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[6];
        var count = text.TrimEnd("^ \0").Split(parts, '^');
        return count > 5 ? null : new(
            Part(text, parts, count, 0), Part(text, parts, count, 1), Part(text, parts, count, 2),
            Part(text, parts, count, 3), Part(text, parts, count, 4));
    }

    // Blanks around a component are padding (PS3.5 6.2.1); NUL is what some devices pad with instead
    private static string Part(ReadOnlySpan<char> text, ReadOnlySpan<Range> parts, int count, int index) =>
        index < count ? text[parts[index]].Trim(" \0").ToString() : "";
}
