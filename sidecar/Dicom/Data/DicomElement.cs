namespace Gantry.Dicom;

/// <summary>
/// A data element (PS3.5 7.1): immutable. Its value stands as bytes and is interpreted on demand by the data set that holds it, which knows
/// the character set.
/// </summary>
public sealed class DicomElement
{
    internal DicomElement(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) => (Tag, Vr, Value) = (tag, vr, value);

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The VR: stated in explicit VR, looked up in the dictionary in implicit VR.</summary>
    public DicomVr Vr { get; }

    /// <summary>
    /// The value as in Explicit VR Little Endian, padding included. Empty for sequences, for encapsulated pixel data and for text that is set but not yet
    /// encoded (<see cref="DicomDataset.GetBytes"/> has that).
    /// </summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The items of a sequence; empty for other VRs.</summary>
    public IReadOnlyList<DicomDataset> Items { get; } = [];

    /// <summary>
    /// The fragments of encapsulated pixel data (PS3.5 A.4), the basic offset table (often empty) first; null for everything else.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments { get; }
}
