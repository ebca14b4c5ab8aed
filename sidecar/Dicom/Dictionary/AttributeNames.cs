using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// The names that people read, from keywords, since the source of the dictionary has only those: words are parted at capitals,
/// small words written small, and the apostrophes that keywords drop are put back for the attributes known to have them.
/// PS3.6's hyphens, slashes and brackets are lost.
/// </summary>
internal static class AttributeNames
{
    private static readonly HashSet<string> SmallWords =
        ["And", "As", "At", "By", "For", "From", "In", "Of", "On", "Or", "Per", "The", "To", "With"];

    private static readonly string[] PatientHas =
        ["Name", "BirthDate", "BirthTime", "BirthName", "Sex", "Age", "Size", "Weight", "Address", "MotherBirthName",
            "ReligiousPreference", "TelephoneNumbers", "InstitutionResidence", "TelecomInformation"];

    /// <summary>
    /// <c>PatientBirthDate</c> becomes <c>Patient's Birth Date</c>, <c>DateOfLastCalibration</c> <c>Date of Last Calibration</c>.
    /// </summary>
    public static string FromKeyword(string keyword)
    {
        var name = new StringBuilder(keyword.Length + 8);
        foreach (var word in WordsOf(keyword))
        {
            var isSmall = name.Length > 0 && SmallWords.Contains(word);
            name.Append(name.Length == 0 ? "" : " ").Append(isSmall ? word.ToLowerInvariant() : word);
        }
        if (keyword.StartsWith("Patient", StringComparison.Ordinal) && PatientHas.Contains(keyword["Patient".Length..]))
            name.Replace("Patient ", "Patient's ");
        if (keyword.EndsWith("PhysicianName", StringComparison.Ordinal))
            name.Replace("Physician Name", "Physician's Name");
        return name.Replace("Operators Name", "Operators' Name").Replace("Mother Birth Name", "Mother's Birth Name").ToString();
    }

    // A word starts at a capital or a digit after a small letter, and at a capital before a small letter (UIDs and IDs aside)
    private static IEnumerable<string> WordsOf(string keyword)
    {
        var start = 0;
        for (var i = 1; i < keyword.Length; i++)
        {
            var (before, here) = (keyword[i - 1], keyword[i]);
            var startsWord = char.IsLower(before) && !char.IsLower(here);
            var endsCapitals = char.IsUpper(before) && char.IsUpper(here) && i + 1 < keyword.Length
                && char.IsLower(keyword[i + 1])
                && !IsPlural(keyword, i + 1);
            if (!startsWord && !endsCapitals)
                continue;
            yield return keyword[start..i];
            start = i;
        }
        yield return keyword[start..];
    }

    // The small s of IDs and UIDs
    private static bool IsPlural(string keyword, int index) =>
        keyword[index] == 's' && (index + 1 == keyword.Length || char.IsUpper(keyword[index + 1]));
}
