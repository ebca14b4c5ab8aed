using System.Buffers;
using System.Collections;

namespace Gantry.Dicom;

/// <summary>A data set (PS3.5 7): elements in the order of their tags.</summary>
public sealed class DicomDataset : IEnumerable<DicomElement>
{
    /// <summary>The number of elements, nested ones not counted.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>The character set of (0008,0005), or else that of the enclosing data set, or else the fallback.</summary>
    public SpecificCharacterSet CharacterSet => throw new NotImplementedException();

    /// <summary>Reads.</summary>
    /// <exception cref="DicomFormatException">The bytes are no data set in that syntax.</exception>
    public static DicomDataset Read(ReadOnlyMemory<byte> bytes, TransferSyntax syntax, DicomReadOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>True if the element is there, empty or not.</summary>
    public bool Contains(DicomTag tag) => throw new NotImplementedException();

    /// <summary>Takes an element out; false if it was not there.</summary>
    public bool Remove(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The element, or null.</summary>
    public DicomElement? Find(DicomTag tag) => throw new NotImplementedException();

    /// <summary>Sets.</summary>
    public DicomDataset Set(DicomTag tag, params ReadOnlySpan<string> values) => throw new NotImplementedException();

    /// <summary>Sets.</summary>
    public DicomDataset Set(DicomTag tag, DicomVr vr, params ReadOnlySpan<string> values) => throw new NotImplementedException();

    /// <summary>Sets.</summary>
    public DicomDataset SetNumbers(DicomTag tag, params ReadOnlySpan<double> values) => throw new NotImplementedException();

    /// <summary>Sets.</summary>
    public DicomDataset SetBytes(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value) => throw new NotImplementedException();

    /// <summary>Sets.</summary>
    public DicomDataset SetItems(DicomTag tag, params IEnumerable<DicomDataset> items) => throw new NotImplementedException();

    /// <summary>The first value.</summary>
    public string? GetString(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The values.</summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The first value.</summary>
    public int? GetInt(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The first value.</summary>
    public double? GetDouble(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag) => throw new NotImplementedException();

    /// <summary>The items.</summary>
    public IReadOnlyList<DicomDataset> GetItems(DicomTag tag) => throw new NotImplementedException();

    /// <summary>Writes.</summary>
    public void Write(IBufferWriter<byte> output, TransferSyntax syntax, DicomWriteOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>Writes.</summary>
    public byte[] ToBytes(TransferSyntax syntax) => throw new NotImplementedException();

    /// <inheritdoc/>
    public IEnumerator<DicomElement> GetEnumerator() => throw new NotImplementedException();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
