using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>Why a row cannot be served: the column and what is wrong with it, never its value.</summary>
internal sealed record RowFault(WorklistColumn Column, string Problem)
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

    /// <summary>The value breaks the rules of its VR, for a reason as <see cref="DicomVrRules"/> gives it.</summary>
    public static RowFault Illegal(WorklistColumn column, DicomVr vr, string reason) =>
        new(column, $"{reason}, which DICOM does not allow ({vr}). Put it right in the source.");

    /// <summary>The value is legal, but some peer's character sets cannot write it.</summary>
    public static RowFault NotInCharacterSet(WorklistColumn column) => new(
        column, "has characters that the character sets of a modality lack. Use ASCII, or set Peers:n:CharacterSets.");

    /// <summary>A sentence for the admin.</summary>
    public string Reason => $"{Column.SqlName()} {Problem}";
}
