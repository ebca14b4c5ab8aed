using System.Buffers.Binary;
using VrCode = Gantry.Dicom.DictionaryIndex.VrCode;

namespace Gantry.Dicom;

/// <summary>
/// Reads elements (PS3.5 clause 7). Values are slices of the input; only big endian numbers are copied, turned to little
/// endian. Each length is checked against what remains of its enclosing item before it is used.
/// </summary>
internal ref struct DatasetReader
{
    private const uint UndefinedLength = 0xFFFF_FFFF;
    private const uint Item = 0xFFFE_E000, ItemDelimiter = 0xFFFE_E00D, SequenceDelimiter = 0xFFFE_E0DD;

    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly DicomReadOptions _options;
    private TagPath _path;
    private int _position;
    private int _elements;
    private bool _hasAmbiguousVr;

    public DatasetReader(ReadOnlyMemory<byte> memory, DicomReadOptions options)
    {
        _memory = memory;
        _bytes = memory.Span;
        _path = new TagPath();
        _options = options;
    }

    /// <summary>The number of bytes read.</summary>
    public readonly int Position => _position;

    /// <summary>Reads all the bytes.</summary>
    public DicomDataset ReadDataset(TransferSyntax syntax)
    {
        var dataset = new DicomDataset(_options.FallbackCharacterSet, capacity: 16);
        ReadElements(dataset, _bytes.Length, isUndefined: false, new Encoding(syntax.IsExplicitVr, syntax.IsBigEndian));
        if (_hasAmbiguousVr)
            AmbiguousVrs.Resolve(dataset);
        return dataset;
    }

    /// <summary>
    /// Reads the elements of group 0002, in Explicit VR Little Endian (PS3.10 7.1), and stops at the first of another group.
    /// </summary>
    public DicomDataset ReadMeta(int start)
    {
        _position = start;
        var meta = new DicomDataset(SpecificCharacterSet.Default, capacity: 8);
        while (_bytes.Length - _position >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(_bytes[_position..]) == 0x0002)
            ReadElement(meta, _bytes.Length, ReadTag(default), new Encoding(IsExplicit: true, IsBigEndian: false));
        return meta;
    }

    private void ReadElements(DicomDataset dataset, int end, bool isUndefined, Encoding encoding)
    {
        while (_position < end)
        {
            if (end - _position < 8)
                throw Error(isUndefined ? "The data end within an item" : "The data end within an element's header", _position);
            var tag = ReadTag(encoding);
            if (tag.Group == 0xFFFE)
            {
                if (tag.Value != ItemDelimiter || !isUndefined)
                    throw Error($"{tag} where an element should be", _position - 4);
                _position += 4; // its length, which is 0
                return;
            }
            ReadElement(dataset, end, tag, encoding);
        }
        if (isUndefined)
            throw Error("The data end within an item", _position);
    }

    private void ReadElement(DicomDataset dataset, int end, DicomTag tag, Encoding encoding)
    {
        Count();
        var start = _position - 4;
        var (vr, length) = encoding.IsExplicit ? ReadExplicitHeader(tag, end, encoding) : ReadImplicitHeader(tag, encoding);
        if (length != UndefinedLength && length > (uint)(end - _position))
            throw Error($"An element of {length} bytes where {end - _position} remain", start, tag);

        DicomElement element;
        if (vr == DicomVr.UN && (length == UndefinedLength || encoding.IsExplicit))
            element = ReadUnknown(tag, length, end, dataset);
        else if (vr == DicomVr.SQ)
            element = ReadSequence(tag, length, end, dataset, encoding);
        else if (length != UndefinedLength)
            element = new DicomElement(tag, vr, ReadValue((int)length, vr, encoding));
        else if (vr is DicomVr.OB or DicomVr.OW && encoding is { IsExplicit: true, IsBigEndian: false })
            element = ReadFragments(tag, vr, end);
        else
            throw Error($"An undefined length, which VR {vr} cannot have here", start, tag);

        if (!dataset.TryAppend(element))
            throw Error("An element for the second time", start, tag);
    }

    private readonly DicomTag ReadTagAt(int position, Encoding encoding)
    {
        var bytes = _bytes.Slice(position, 4);
        return encoding.IsBigEndian
            ? new(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))
            : new(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
    }

    private DicomTag ReadTag(Encoding encoding)
    {
        var tag = ReadTagAt(_position, encoding);
        _position += 4;
        return tag;
    }

    private uint ReadUInt32(Encoding encoding)
    {
        var bytes = _bytes.Slice(_position, 4);
        _position += 4;
        return encoding.IsBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private (DicomVr Vr, uint Length) ReadImplicitHeader(DicomTag tag, Encoding encoding)
    {
        var length = ReadUInt32(encoding);
        return (VrInDictionary(tag), length);
    }

    private DicomVr VrInDictionary(DicomTag tag)
    {
        var code = DicomDictionary.VrCodeOf(tag);
        _hasAmbiguousVr |= code is VrCode.UsOrSs or VrCode.ObOrOw;
        return DicomDictionary.FallbackVr(code);
    }

    private (DicomVr Vr, uint Length) ReadExplicitHeader(DicomTag tag, int end, Encoding encoding)
    {
        var (first, second) = (_bytes[_position], _bytes[_position + 1]);
        var isKnown = DicomVrs.TryParse(first, second, out var vr);
        if (!isKnown)
        {
            // PS3.5 6.2: VRs to come have the long form, so an unknown one can be kept as UN
            if (first is < (byte)'A' or > (byte)'Z' || second is < (byte)'A' or > (byte)'Z')
                throw Error("No VR where explicit VR demands one", _position, tag);
            vr = DicomVr.UN;
        }
        _position += 2;
        if (!vr.IsLongForm())
        {
            var bytes = _bytes.Slice(_position, 2);
            _position += 2;
            return (vr, encoding.IsBigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        }
        if (end - _position < 6)
            throw Error("The data end within an element's header", _position, tag);
        _position += 2;
        return (vr, ReadUInt32(encoding));
    }

    // PS3.5 6.2.2: whatever the syntax, UN is Implicit VR Little Endian inside. Of undefined length it is a sequence; where the
    // dictionary knows the attribute, its VR is taken, since a system on the way may have known less.
    private DicomElement ReadUnknown(DicomTag tag, uint length, int end, DicomDataset dataset)
    {
        var implicitLittleEndian = new Encoding(IsExplicit: false, IsBigEndian: false);
        if (length == UndefinedLength)
            return ReadSequence(tag, length, end, dataset, implicitLittleEndian);
        var vr = VrInDictionary(tag);
        return vr == DicomVr.SQ
            ? ReadSequence(tag, length, end, dataset, implicitLittleEndian)
            : new DicomElement(tag, vr, ReadValue((int)length, DicomVr.UN, implicitLittleEndian));
    }

    private ReadOnlyMemory<byte> ReadValue(int length, DicomVr vr, Encoding encoding)
    {
        var value = _memory.Slice(_position, length);
        _position += length;
        return encoding.IsBigEndian && length > 0 ? ByteOrder.Reversed(value, vr.UnitSize()) : value;
    }

    private DicomElement ReadSequence(DicomTag tag, uint length, int end, DicomDataset dataset, Encoding encoding)
    {
        if (_path.Depth == _options.MaximumDepth)
            throw Error($"Sequences more than {_options.MaximumDepth} deep", _position, tag);
        _path.Push(tag);
        var isUndefined = length == UndefinedLength;
        var sequenceEnd = isUndefined ? end : _position + (int)length;
        DicomDataset[] items = [];
        var count = 0;
        while (isUndefined || _position < sequenceEnd)
        {
            if (sequenceEnd - _position < 8)
                throw Error("The data end within a sequence", _position);
            var itemTag = ReadTag(encoding);
            var itemLength = ReadUInt32(encoding);
            if (itemTag.Value == SequenceDelimiter && isUndefined)
                break;
            if (itemTag.Value != Item)
                throw Error($"{itemTag} where an item should be", _position - 8);
            _path.Enter();
            if (count == items.Length)
                Array.Resize(ref items, Math.Max(1, count * 2));
            items[count++] = ReadItem(itemLength, sequenceEnd, dataset, encoding);
        }
        _path.Pop();
        Array.Resize(ref items, count);
        return new DicomElement(tag, items, isUndefined);
    }

    private DicomDataset ReadItem(uint length, int end, DicomDataset parent, Encoding encoding)
    {
        Count();
        var isUndefined = length == UndefinedLength;
        if (!isUndefined && length > (uint)(end - _position))
            throw Error($"An item of {length} bytes where {end - _position} remain", _position - 8);
        var item = new DicomDataset(parent, capacity: length == 0 ? 0 : 8) { HasUndefinedLength = isUndefined };
        ReadElements(item, isUndefined ? end : _position + (int)length, isUndefined, encoding);
        return item;
    }

    // PS3.5 A.4: items that are fragments, the first the basic offset table, then a sequence delimiter
    private DicomElement ReadFragments(DicomTag tag, DicomVr vr, int end)
    {
        var fragments = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            Count();
            if (end - _position < 8)
                throw Error("The data end within encapsulated pixel data", _position, tag);
            var itemTag = ReadTag(default);
            var length = ReadUInt32(default);
            if (itemTag.Value == SequenceDelimiter)
                return new DicomElement(tag, vr, [.. fragments]);
            if (itemTag.Value != Item)
                throw Error($"{itemTag} where a fragment should be", _position - 8, tag);
            if (length > (uint)(end - _position))
                throw Error($"A fragment of {length} bytes where {end - _position} remain", _position - 8, tag);
            fragments.Add(_memory.Slice(_position, (int)length));
            _position += (int)length;
        }
    }

    private void Count()
    {
        if (++_elements > _options.MaximumElements)
            throw Error($"More than {_options.MaximumElements} elements and items", _position);
    }

    private readonly DicomFormatException Error(string problem, int offset, DicomTag? tag = null) =>
        new(problem, offset, _path.To(tag));

    private readonly record struct Encoding(bool IsExplicit, bool IsBigEndian);
}
