using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>A step in writing an answer.</summary>
internal enum AnswerPartKind
{
    /// <summary>Bytes that are the same in every answer.</summary>
    Constant,
    /// <summary>Specific Character Set, where it is asked for or needed.</summary>
    CharacterSet,
    Text,
    PatientName,
    StationAeTitle,
    StepStatus,
    Number,
    TimezoneOffset,
    /// <summary>A sequence with one item starts.</summary>
    BeginSequence,
    /// <summary>Like <see cref="BeginSequence"/>, but an empty sequence where the order has no procedure code.</summary>
    BeginCodeSequence,
    EndSequence,
}

/// <param name="Kind">What to write.</param>
/// <param name="Tag">The element.</param>
/// <param name="Vr">Its VR.</param>
/// <param name="Column">The column of its value.</param>
/// <param name="Fallbacks">The columns that stand in where the first is empty, in this order.</param>
/// <param name="Constant">The bytes of a constant.</param>
/// <param name="Skip">How many parts an empty code sequence leaves out.</param>
internal readonly record struct AnswerPart(
    AnswerPartKind Kind, DicomTag Tag, DicomVr Vr, WorklistColumn Column = default, WorklistColumn[]? Fallbacks = null,
    byte[]? Constant = null, int Skip = 0);
