namespace Gantry.Dicom;

/// <summary>
/// A data element (PS3.5 7.1): immutable. Its value stands as bytes and is interpreted on demand by the data set that holds it,
/// which knows the character set.
/// </summary>
public sealed class DicomElement
{
    // Text to be encoded on writing (string), the items of a sequence (DicomDataset[]), fragments (ReadOnlyMemory<byte>[]) or
    // null: Value
    private readonly object? _content;

    internal DicomElement(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) => (Tag, Vr, Value) = (tag, vr, value);

    internal DicomElement(DicomTag tag, DicomVr vr, string text) => (Tag, Vr, _content) = (tag, vr, text);

    internal DicomElement(DicomTag tag, DicomDataset[] items, bool hasUndefinedLength) =>
        (Tag, Vr, _content, HasUndefinedLength) = (tag, DicomVr.SQ, items, hasUndefinedLength);

    internal DicomElement(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte>[] fragments) =>
        (Tag, Vr, _content, HasUndefinedLength) = (tag, vr, fragments, true);

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The VR: stated in explicit VR, looked up in the dictionary in implicit VR.</summary>
    public DicomVr Vr { get; }

    /// <summary>True if it was read with undefined length (PS3.5 7.5.1); it says nothing about how it will be written.</summary>
    public bool HasUndefinedLength { get; }

    /// <summary>
    /// The value as in Explicit VR Little Endian, padding included. Empty for sequences, for encapsulated pixel data and for
    /// text that is set but not yet encoded (<see cref="DicomDataset.GetBytes"/> has that). It points into the bytes the data
    /// set was read from.
    /// </summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The items of a sequence; empty for other VRs.</summary>
    public IReadOnlyList<DicomDataset> Items => ItemArray;

    /// <summary>
    /// The fragments of encapsulated pixel data (PS3.5 A.4), the basic offset table (often empty) first; null for everything
    /// else.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments => FragmentArray;

    internal DicomDataset[] ItemArray => _content as DicomDataset[] ?? [];

    internal ReadOnlyMemory<byte>[]? FragmentArray => _content as ReadOnlyMemory<byte>[];

    /// <summary>Text not yet encoded: its values joined by backslashes, without padding.</summary>
    internal string? Text => _content as string;

    /// <summary>The tag and VR; never the value, which may be a patient's.</summary>
    public override string ToString() => $"{Tag} {Vr}";
}
