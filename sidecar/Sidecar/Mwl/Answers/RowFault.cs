using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>Why a row cannot be served: the column and what is wrong with it, never its value.</summary>
internal sealed record RowFault(WorklistColumn Column, DicomVr Vr, ValueFault Fault, int Characters)
{
    /// <summary>
    /// The columns that say which exam of which patient this is. A row with an illegal one of these is set aside: cut or
    /// emptied it would be another exam. Any other illegal value is mended, which is better than to hide the patient.
    /// </summary>
    public static bool IsEssential(WorklistColumn column) => column
        is WorklistColumn.AccessionNumber or WorklistColumn.PatientId or WorklistColumn.StudyInstanceUid
        or WorklistColumn.Modality or WorklistColumn.ScheduledDate or WorklistColumn.ScheduledTime
        or WorklistColumn.RequestedProcedureId or WorklistColumn.ScheduledStepId;

    /// <summary>Whether a sentence in the list of what is set aside is one of these, which begin with the name of a column.</summary>
    public static bool IsReason(string sentence) =>
        WorklistColumns.All.Any(column => sentence.StartsWith(column.SqlName() + " ", StringComparison.Ordinal));

    /// <summary>A sentence for the admin.</summary>
    public string Reason => Fault switch
    {
        ValueFault.None => "",
        ValueFault.TooLong =>
            $"{Name} has {Characters} characters; DICOM allows {ValueRules.MaximumCharacters(Vr)} ({Vr}). Shorten it in the source.",
        ValueFault.IllegalCharacter when Vr == DicomVr.CS =>
            $"{Name} has a character other than A-Z, 0-9, space and underscore, which a code string (CS) may not have.",
        ValueFault.IllegalCharacter =>
            $"{Name} has a control character or a backslash, which DICOM does not allow in {Vr}.",
        ValueFault.NotUtf8 => $"{Name} is not valid UTF-8. Write it again with a client that uses UTF-8.",
        ValueFault.NotADate => $"{Name} is not a date of the form yyyyMMdd.",
        ValueFault.NotATime => $"{Name} is not a time of the form HHmmss.",
        ValueFault.NotANumber => $"{Name} is not a decimal number of at most 16 characters.",
        ValueFault.NotInCharacterSet =>
            $"{Name} has characters that the character sets of a modality lack. Use ASCII, or set Peers:n:CharacterSets.",
        ValueFault.NotAUid => $"{Name} is not a UID: digits and dots, at most 64 characters, no empty or zero-led component.",
    };

    private string Name => Column.SqlName();
}
