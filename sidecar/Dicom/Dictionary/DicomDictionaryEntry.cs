namespace Gantry.Dicom;

/// <summary>What PS3.6 says of an attribute.</summary>
/// <param name="Tag">The tag; of a repeating group such as (60xx,0010), the tag that was asked for.</param>
/// <param name="Vr">The value representation, or the one that stands for an ambiguous one in the absence of other signs.</param>
/// <param name="Vrs">Every value representation allowed; empty for the item and delimitation tags.</param>
/// <param name="Vm">Value multiplicity, as printed: <c>1</c>, <c>1-n</c>, <c>2-2n</c>.</param>
/// <param name="Keyword">The keyword: <c>PatientName</c>.</param>
/// <param name="Name">The name for people: <c>Patient's Name</c>.</param>
/// <param name="IsRetired">True for an attribute that PS3.6 lists as retired.</param>
public sealed record DicomDictionaryEntry(
    DicomTag Tag, DicomVr Vr, IReadOnlyList<DicomVr> Vrs, string Vm, string Keyword, string Name, bool IsRetired);
