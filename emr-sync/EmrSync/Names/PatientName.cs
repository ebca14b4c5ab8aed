namespace Gantry.EmrSync.Names;

/// <summary>A name as the store's columns hold it; each is a legal component group of VR PN (PS3.5 6.2.1), or empty.</summary>
/// <param name="Name">Column <c>patient_name</c>, the first group: Latin letters or, where modalities take it so, the native script.</param>
/// <param name="Ideographic">Column <c>patient_name_ideographic</c>, the second group: Hanja, Kanji.</param>
/// <param name="Phonetic">Column <c>patient_name_phonetic</c>, the third group: Hangul, kana.</param>
/// <param name="Romanized">
/// Column <c>patient_name_romanized</c>, ASCII, for peers that take no other: empty where <paramref name="Name"/> is ASCII itself
/// or where nothing tells how the name sounds.
/// </param>
/// <param name="Warnings">What was changed or could not be done, each once.</param>
public sealed record PatientName(
    string Name, string Ideographic, string Phonetic, string Romanized, IReadOnlyList<NameWarning> Warnings)
{
    /// <summary>The value of VR PN: <c>alphabetic=ideographic=phonetic</c>, without trailing delimiters.</summary>
    public override string ToString() => $"{Name}={Ideographic}={Phonetic}".TrimEnd('=');
}

/// <summary>Something about a name that an administrator may want to put right in the EMR.</summary>
public enum NameWarning
{
    /// <summary>There is no name at all.</summary>
    Empty,

    /// <summary>Characters that VR PN does not allow were replaced.</summary>
    CharactersReplaced,

    /// <summary>More than 64 characters in a group.</summary>
    Cut,

    /// <summary>The name in Latin letters that the EMR gives is not one.</summary>
    EnglishRefused,

    /// <summary>Nothing tells how to spell it in Latin letters.</summary>
    NoLatinSpelling,

    /// <summary>It was spelled out letter by letter from another script than Korean.</summary>
    Transliterated,

    /// <summary>No family name was recognized at its beginning.</summary>
    NoFamilyName,

    /// <summary>The family name may have one syllable or two.</summary>
    AmbiguousFamilyName,

    /// <summary>It is a word such as newborn or unknown.</summary>
    NotAName,

    /// <summary>A title at the end was left out.</summary>
    TitleLeftOut,
}

/// <summary>Warnings in words.</summary>
public static class NameWarnings
{
    /// <summary>A sentence for the administrator. It holds nothing of the name itself.</summary>
    public static string Sentence(this NameWarning warning) => warning switch
    {
        NameWarning.Empty => "The name is empty.",
        NameWarning.CharactersReplaced =>
            "The name has control characters, backslashes or halves of characters, which DICOM does not allow; spaces stand in for them.",
        NameWarning.Cut => "The name has more than 64 characters in one component group; its end is cut.",
        NameWarning.EnglishRefused => "The English name is not in Latin letters, or is too long; Gantry's own spelling is used instead.",
        NameWarning.NoLatinSpelling =>
            "Nothing tells how the name sounds, so modalities that take only Latin letters show the patient id. Give an English name.",
        NameWarning.Transliterated => "The name in Latin letters is spelled out from another script. Give an English name to have the patient's own.",
        NameWarning.NoFamilyName => "No family name is recognized; the whole name stands in the first component.",
        NameWarning.AmbiguousFamilyName =>
            "The family name may have one syllable or two. Put a space or ^ between family name and given name.",
        NameWarning.NotAName => "This is a word in place of a name; patients are told apart by patient id and birth date alone.",
        NameWarning.TitleLeftOut => "A title behind the name is left out.",
        _ => "The name was changed.",
    };
}
