using System.Buffers;
using System.Globalization;
using System.Text;
using Gantry.Worklist;

namespace Gantry.EmrSync.Mapping;

/// <summary>
/// Whether a value may stand in its DICOM attribute (PS3.5 Table 6.2-1). Columns that say which exam of which patient this is must
/// be right; in others what is illegal is cut or left out, as the worklist does when it answers.
/// </summary>
internal static class LegalValue
{
    private static readonly SearchValues<char> CodeString = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _");

    /// <summary>Columns in which a value is never mended, because mended it would be another exam or another patient.</summary>
    public static bool IsEssential(WorklistColumn column) => column
        is WorklistColumn.AccessionNumber or WorklistColumn.PatientId or WorklistColumn.StudyInstanceUid
        or WorklistColumn.Modality or WorklistColumn.RequestedProcedureId or WorklistColumn.ScheduledStepId;

    /// <summary>What is wrong, to follow the column's name; null if nothing is.</summary>
    public static string? Problem(WorklistColumn column, string value)
    {
        if (value.Length == 0) return null;
        int longest = Longest(column);
        if (value.Length > longest && value.EnumerateRunes().Count() > longest)
            return string.Create(CultureInfo.InvariantCulture, $"is longer than {longest} characters");
        return column switch
        {
            WorklistColumn.Modality or WorklistColumn.Priority => value.AsSpan().ContainsAnyExcept(CodeString)
                ? "has characters other than A-Z, 0-9, space and _" : null,
            WorklistColumn.StudyInstanceUid => IsUid(value) ? null : "is not a UID",
            WorklistColumn.ScheduledStationAet => value.All(static c => c is >= ' ' and <= '~' and not '\\') ? null
                : "has characters that an AE title may not have",
            WorklistColumn.PatientWeight or WorklistColumn.PatientSize =>
                value.Length <= 16 && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number is > 0 and < 1000
                    ? null : "is not a number above 0",
            WorklistColumn.PregnancyStatus => value is "1" or "2" or "3" or "4" ? null : "is not 1, 2, 3 or 4",
            WorklistColumn.PatientComments => Unprintable(value, allowsLines: true),
            _ => value.Contains('\\') ? "has a backslash" : Unprintable(value, allowsLines: false),
        };
    }

    /// <summary>The value without what is illegal; empty if nothing can be kept.</summary>
    public static string Mended(WorklistColumn column, string value)
    {
        if (column is WorklistColumn.PatientWeight or WorklistColumn.PatientSize or WorklistColumn.PregnancyStatus
            or WorklistColumn.Priority or WorklistColumn.ScheduledStationAet) return "";
        return Cut(value, Longest(column), column == WorklistColumn.PatientComments);
    }

    /// <summary>Text without control characters and backslashes, at most so many characters.</summary>
    public static string Cut(string value, int characters, bool allowsLines = false)
    {
        var kept = new StringBuilder(Math.Min(value.Length, characters));
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (characters-- == 0) break;
            bool isLegal = allowsLines ? !Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r' : !Rune.IsControl(rune) && rune.Value != '\\';
            kept.Append(isLegal && rune != Rune.ReplacementChar ? rune.ToString() : " ");
        }
        return kept.ToString().Trim();
    }

    private static int Longest(WorklistColumn column) => column switch
    {
        WorklistColumn.AccessionNumber or WorklistColumn.Modality or WorklistColumn.ProcedureCode or WorklistColumn.RequestedProcedureId
            or WorklistColumn.ScheduledStepId or WorklistColumn.ScheduledStationAet or WorklistColumn.ScheduledStationName
            or WorklistColumn.ScheduledLocation or WorklistColumn.ProcedureCodingScheme or WorklistColumn.Priority => 16,
        WorklistColumn.PatientComments => 10240,
        _ => 64,
    };

    private static string? Unprintable(string value, bool allowsLines)
    {
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar) return "has characters that were lost on the way here: look at the driver's character set";
            if (Rune.IsControl(rune) && !(allowsLines && rune.Value is '\t' or '\n' or '\r')) return "has control characters";
        }
        return null;
    }

    // PS3.5 9.1: numbers without leading zeros, with points between them
    private static bool IsUid(string value) => value.Split('.') is { Length: > 1 } parts
        && parts.All(static part => part.Length > 0 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'));
}
