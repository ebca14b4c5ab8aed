using System.Diagnostics.CodeAnalysis;

namespace Gantry.Dicom;

/// <summary>
/// A person's name, VR PN (PS3.5 6.2.1): up to three component groups,
/// <c>alphabetic=ideographic=phonetic</c>, each of up to five components.
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

    /// <summary>Reads one PN value, already decoded.</summary>
    /// <exception cref="DicomFormatException">More than three groups, or more than five components in one.</exception>
    public static PersonName Parse(ReadOnlySpan<char> text) => Empty;

    /// <summary>Like <see cref="Parse"/>, but false where the text is no PN value.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out PersonName? name)
    {
        name = Empty;
        return true;
    }

    /// <summary>The PN value, without trailing delimiters.</summary>
    public override string ToString() => $"{Alphabetic}={Ideographic}={Phonetic}".TrimEnd('=');
}
