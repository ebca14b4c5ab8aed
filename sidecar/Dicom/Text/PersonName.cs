using System.Diagnostics.CodeAnalysis;

namespace Gantry.Dicom;

/// <summary>
/// A person's name, VR PN (PS3.5 6.2.1): up to three component groups, <c>alphabetic=ideographic=phonetic</c>, each of up
/// to five components. Text, not bytes: <see cref="SpecificCharacterSet"/> goes between the two.
/// </summary>
public sealed record PersonName(ComponentGroup Alphabetic, ComponentGroup Ideographic, ComponentGroup Phonetic)
{
    /// <summary>A name of the alphabetic group alone.</summary>
    public PersonName(ComponentGroup alphabetic)
        : this(alphabetic, ComponentGroup.Empty, ComponentGroup.Empty)
    {
    }

    /// <summary>The name without any component.</summary>
    public static PersonName Empty { get; } = new(ComponentGroup.Empty);

    /// <summary>True if no group has text.</summary>
    public bool IsEmpty => Alphabetic.IsEmpty && Ideographic.IsEmpty && Phonetic.IsEmpty;

    /// <summary>
    /// True if each group may stand in a PN value: see <see cref="ComponentGroup.IsLegal"/>. Parsing accepts longer ones, since
    /// a name that is too long is still the patient's name.
    /// </summary>
    public bool IsLegal => Alphabetic.IsLegal && Ideographic.IsLegal && Phonetic.IsLegal;

    /// <summary>Reads one PN value, already decoded. Blanks around components and trailing delimiters do not count.</summary>
    /// <exception cref="DicomFormatException">More than three groups, or more than five components in one.</exception>
    public static PersonName Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var name) ? name : throw new DicomFormatException(
            "Person name (VR PN): more than three groups ('=') or more than five components ('^') in one (PS3.5 6.2.1).");

    /// <summary>Like <see cref="Parse"/>, but false where the text is no PN value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out PersonName? name)
    {
        name = null;
        Span<Range> groups = stackalloc Range[4];
        text = text.TrimEnd("= \0");
        var count = text.Split(groups, '=');
        if (count > 3)
            return false;

        var alphabetic = Group(text, groups, count, 0);
        var ideographic = Group(text, groups, count, 1);
        var phonetic = Group(text, groups, count, 2);
        if (alphabetic is null || ideographic is null || phonetic is null)
            return false;
        name = new PersonName(alphabetic, ideographic, phonetic);
        return true;
    }

    /// <summary>The PN value, without trailing delimiters.</summary>
    public override string ToString() =>
        !Phonetic.IsEmpty ? $"{Alphabetic}={Ideographic}={Phonetic}"
        : !Ideographic.IsEmpty ? $"{Alphabetic}={Ideographic}"
        : Alphabetic.ToString();

    private static ComponentGroup? Group(ReadOnlySpan<char> text, ReadOnlySpan<Range> groups, int count, int index) =>
        index < count ? ComponentGroup.Read(text[groups[index]]) : ComponentGroup.Empty;
}
