using System.Buffers;
using System.Collections;

namespace Gantry.Dicom;

/// <summary>
/// A data set (PS3.5 clause 7), or an item of a sequence: elements in the order of their tags. Not safe for threads that change
/// it.
/// </summary>
/// <remarks>
/// What was read keeps its bytes and is written back as it came (padded to even lengths, without group lengths); the bytes are
/// not copied, so a data set lives as long as its input, see <see cref="Clone"/>. Text that is set is kept as text and encoded
/// on writing, in the character set that the data set has then.
/// </remarks>
public sealed partial class DicomDataset : IEnumerable<DicomElement>
{
    private DicomElement[] _elements;
    private SpecificCharacterSet? _ownCharacterSet;  // of (0008,0005); null if absent, unusable, or not looked at yet
    private bool _knowsCharacterSet;
    private readonly SpecificCharacterSet _fallbackCharacterSet = SpecificCharacterSet.Default;

    /// <summary>An empty data set.</summary>
    public DicomDataset() => _elements = [];

    internal DicomDataset(SpecificCharacterSet fallback, int capacity) =>
        (_fallbackCharacterSet, _elements) = (fallback, capacity == 0 ? [] : new DicomElement[capacity]);

    internal DicomDataset(DicomDataset parent, int capacity) : this(parent._fallbackCharacterSet, capacity) => Parent = parent;

    /// <summary>The number of elements, nested ones not counted.</summary>
    public int Count { get; private set; }

    /// <summary>The data set in one of whose sequences this is an item; null at the top level.</summary>
    public DicomDataset? Parent { get; private set; }

    /// <summary>
    /// The character set of (0008,0005); without it, or if it names an unknown one, that of the enclosing data set (PS3.5
    /// 7.5.3), and at the top level <see cref="DicomReadOptions.FallbackCharacterSet"/>.
    /// </summary>
    public SpecificCharacterSet CharacterSet
    {
        get
        {
            if (!_knowsCharacterSet)
                (_ownCharacterSet, _knowsCharacterSet) = (FindOwnCharacterSet(), true);
            return _ownCharacterSet ?? Parent?.CharacterSet ?? _fallbackCharacterSet;
        }
    }

    internal bool HasUndefinedLength { get; init; }

    internal DicomElement this[int index] => _elements[index];

    /// <summary>Reads a data set; the input must not change as long as the data set is in use.</summary>
    /// <exception cref="DicomFormatException">The bytes are no data set in that syntax, or exceed the options'
    /// bounds.</exception>
    public static DicomDataset Read(ReadOnlyMemory<byte> bytes, TransferSyntax syntax, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(syntax);
        options ??= DicomReadOptions.Default;
        if (bytes.Length > options.MaximumLength)
            throw new DicomFormatException($"A data set of {bytes.Length} bytes where {options.MaximumLength} are allowed.");
        if (syntax.IsDeflated)
            bytes = Deflated.Inflate(bytes, options.MaximumLength);
        return new DatasetReader(bytes, options).ReadDataset(syntax);
    }

    /// <summary>Writes the data set: no group lengths, even lengths, text in <see cref="CharacterSet"/>.</summary>
    /// <exception cref="DicomFormatException">
    /// Text has characters that its character set lacks, or pixel data stand in fragments, which the syntax does not have.
    /// </exception>
    public void Write(IBufferWriter<byte> output, TransferSyntax syntax, DicomWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(syntax);
        var writer = new DatasetWriter(syntax, options ?? DicomWriteOptions.Default);
        if (!syntax.IsDeflated)
        {
            writer.Write(this, output);
            return;
        }
        using var native = new PooledBuffer();
        writer.Write(this, native);
        Deflated.Deflate(native.Written, output);
    }

    /// <summary>The data set in bytes, as <see cref="Write"/> writes them.</summary>
    /// <exception cref="DicomFormatException">See <see cref="Write"/>.</exception>
    public byte[] ToBytes(TransferSyntax syntax)
    {
        using var buffer = new PooledBuffer();
        Write(buffer, syntax);
        return buffer.Written.ToArray();
    }

    /// <summary>True if the element is there, empty or not.</summary>
    public bool Contains(DicomTag tag) => IndexOf(tag) >= 0;

    /// <summary>The element, or null.</summary>
    public DicomElement? Find(DicomTag tag) => IndexOf(tag) is >= 0 and var index ? _elements[index] : null;

    /// <summary>Takes an element out; false if it was not there.</summary>
    public bool Remove(DicomTag tag)
    {
        var index = IndexOf(tag);
        if (index < 0)
            return false;
        Count--;
        Array.Copy(_elements, index + 1, _elements, index, Count - index);
        _elements[Count] = null!;
        ForgetCharacterSet(tag);
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<DicomElement> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _elements[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds what has just been read, nearly always at the end; false if the tag is there already.</summary>
    internal bool TryAppend(DicomElement element)
    {
        var index = Count == 0 || _elements[Count - 1].Tag < element.Tag ? ~Count : IndexOf(element.Tag);
        if (index >= 0)
            return false;
        InsertAt(~index, element);
        return true;
    }

    internal void ReplaceAt(int index, DicomElement element) => _elements[index] = element;

    private DicomDataset Put(DicomElement element)
    {
        var index = IndexOf(element.Tag);
        if (index >= 0)
            _elements[index] = element;
        else
            InsertAt(~index, element);
        ForgetCharacterSet(element.Tag);
        return this;
    }

    private void InsertAt(int index, DicomElement element)
    {
        if (Count == _elements.Length)
            Array.Resize(ref _elements, Math.Max(4, Count * 2));
        Array.Copy(_elements, index, _elements, index + 1, Count - index);
        _elements[index] = element;
        Count++;
    }

    // The place of the tag, or the complement of where it belongs
    private int IndexOf(DicomTag tag)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _elements[middle].Tag;
            if (found == tag)
                return middle;
            if (found < tag)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private SpecificCharacterSet? FindOwnCharacterSet() =>
        GetStrings(DicomTags.SpecificCharacterSet) is { Count: > 0 } terms && SpecificCharacterSet.TryParse(terms, out var set)
            ? set : null;

    private void ForgetCharacterSet(DicomTag changed) => _knowsCharacterSet &= changed != DicomTags.SpecificCharacterSet;
}
