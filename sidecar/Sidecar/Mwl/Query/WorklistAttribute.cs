using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>Where the value of a worklist attribute comes from.</summary>
internal enum AttributeContent
{
    /// <summary>Supported, but nothing is held for it: always zero-length.</summary>
    Nothing,
    /// <summary>The text of a column.</summary>
    Text,
    /// <summary>The patient's name, with its ideographic and phonetic groups.</summary>
    PatientName,
    /// <summary>The station's AE title, from the order or from MODALITY_AET_*.</summary>
    StationAeTitle,
    /// <summary>The order's status in the words of (0040,0020).</summary>
    StepStatus,
    /// <summary>A number, as US.</summary>
    Number,
    /// <summary>The site's offset from UTC at the scheduled moment.</summary>
    TimezoneOffset,
    /// <summary>The sequence of scheduled procedure steps: always one item.</summary>
    StepSequence,
    /// <summary>A code sequence: one item if the order has a procedure code, else none.</summary>
    CodeSequence,
    /// <summary>A key that this SCP does not know: zero-length, and the answer says 0xFF01.</summary>
    Unsupported,
    /// <summary>A private creator: comes back as it was sent, else the private keys behind it mean nothing.</summary>
    PrivateCreator,
}

/// <summary>One attribute of the Modality Worklist information model (PS3.4 Table K.6-1) that this SCP knows.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Vr">Its VR.</param>
/// <param name="Content">Where its value comes from.</param>
/// <param name="Column">The column of the value, where there is one.</param>
/// <param name="Fallbacks">The columns that stand in where the first is empty, in this order.</param>
internal sealed record WorklistAttribute(
    DicomTag Tag, DicomVr Vr, AttributeContent Content, WorklistColumn? Column = null, params WorklistColumn[] Fallbacks)
{
    /// <summary>All columns that its value may be made of.</summary>
    public IReadOnlyList<WorklistColumn> Columns { get; } = Content switch
    {
        AttributeContent.PatientName =>
        [
            WorklistColumn.PatientName, WorklistColumn.PatientNameIdeographic, WorklistColumn.PatientNamePhonetic,
            WorklistColumn.PatientNameRomanized, WorklistColumn.PatientId, WorklistColumn.Modality,
        ],
        AttributeContent.StationAeTitle => StationDirectory.Columns,
        AttributeContent.TimezoneOffset => [WorklistColumn.ScheduledDate, WorklistColumn.ScheduledTime],
        AttributeContent.CodeSequence => [WorklistColumn.ProcedureCode],
        _ => Column is { } column ? [column, .. Fallbacks] : [],
    };
}
