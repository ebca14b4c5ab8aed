using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom;

/// <summary>
/// Writes elements (PS3.5 clause 7). Sequences with explicit lengths are built in a buffer first, where their lengths are put in
/// afterwards; everything else goes straight to the output.
/// </summary>
internal sealed class DatasetWriter(TransferSyntax syntax, DicomWriteOptions options)
{
    private const uint UndefinedLength = 0xFFFF_FFFF;
    private static readonly DicomTag Item = new(0xFFFE, 0xE000), ItemDelimiter = new(0xFFFE, 0xE00D);
    private static readonly DicomTag SequenceDelimiter = new(0xFFFE, 0xE0DD);

    private TagPath _path = new();

    public void Write(DicomDataset dataset, IBufferWriter<byte> output)
    {
        for (var i = 0; i < dataset.Count; i++)
        {
            var element = dataset[i];
            if (element.Tag.IsGroupLength) // retired but for group 2, which DicomFile writes (PS3.5 7.2)
                continue;
            if (element.Vr == DicomVr.SQ)
                WriteSequence(element, output);
            else if (element.FragmentArray is { } fragments)
                WriteFragments(element, fragments, output);
            else if (element.Text is { } text)
                WriteText(element, text, dataset.CharacterSet, output);
            else
                WriteValue(element.Tag, element.Vr, element.Value.Span, output);
        }
    }

    private void WriteText(DicomElement element, string text, SpecificCharacterSet set, IBufferWriter<byte> output)
    {
        using var encoded = new PooledBuffer();
        if (!set.TryEncode(text, element.Vr, encoded))
            throw CannotEncode(set, _path.To(element.Tag));
        WriteValue(element.Tag, element.Vr, encoded.Written, output);
    }

    public static DicomFormatException CannotEncode(SpecificCharacterSet set, string path) => new(
        $"The text of {path} has characters that the character set {(set.DefinedTerms.Count == 0 ? "ISO_IR 6" : set)} lacks.");

    private void WriteValue(DicomTag tag, DicomVr vr, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        var length = value.Length + (value.Length & 1);
        // A value too long for 16 bits goes out as UN, which has 32 (PS3.5 6.2.2)
        var writtenVr = syntax.IsExplicitVr && length > 0xFFFE && !vr.IsLongForm() ? DicomVr.UN : vr;
        WriteHeader(tag, writtenVr, (uint)length, output);
        if (length == 0)
            return;
        if (syntax.IsBigEndian && writtenVr.UnitSize() > 1)
        {
            var destination = output.GetSpan(length)[..length];
            destination[^1] = 0; // padding first: it is part of the last number
            value.CopyTo(destination);
            ByteOrder.Reverse(destination, writtenVr.UnitSize());
            output.Advance(length);
            return;
        }
        output.Write(value);
        if (length != value.Length)
            output.Write<byte>([vr.Padding()]);
    }

    private void WriteSequence(DicomElement element, IBufferWriter<byte> output)
    {
        if (element.ItemArray.Length == 0)
        {
            WriteHeader(element.Tag, DicomVr.SQ, 0, output);
        }
        else if (options.UndefinedLengths || output is PooledBuffer)
        {
            WriteItems(element, output);
        }
        else
        {
            using var buffer = new PooledBuffer();
            WriteItems(element, buffer);
            output.Write(buffer.Written);
        }
    }

    private void WriteItems(DicomElement element, IBufferWriter<byte> output)
    {
        WriteHeader(element.Tag, DicomVr.SQ, UndefinedLength, output);
        var start = (output as PooledBuffer)?.Length ?? 0;
        _path.Push(element.Tag);
        foreach (var item in element.ItemArray)
        {
            _path.Enter();
            WriteTagAndLength(Item, UndefinedLength, output);
            var itemStart = (output as PooledBuffer)?.Length ?? 0;
            Write(item, output);
            EndLength(ItemDelimiter, itemStart, output);
        }
        _path.Pop();
        EndLength(SequenceDelimiter, start, output);
    }

    // Puts the length before `start`, or the delimiter that stands for it
    private void EndLength(DicomTag delimiter, int start, IBufferWriter<byte> output)
    {
        if (options.UndefinedLengths)
            WriteTagAndLength(delimiter, 0, output);
        else
            PutUInt32(((PooledBuffer)output).Written[(start - 4)..], (uint)(((PooledBuffer)output).Length - start));
    }

    private void WriteFragments(DicomElement element, ReadOnlyMemory<byte>[] fragments, IBufferWriter<byte> output)
    {
        if (!syntax.IsEncapsulated)
            throw new DicomFormatException(
                $"The encapsulated pixel data of {_path.To(element.Tag)} cannot be written in {syntax.Name}: decode them first.");
        WriteHeader(element.Tag, element.Vr, UndefinedLength, output);
        foreach (var fragment in fragments)
        {
            var length = fragment.Length + (fragment.Length & 1);
            WriteTagAndLength(Item, (uint)length, output);
            output.Write(fragment.Span);
            if (length != fragment.Length)
                output.Write<byte>([0]);
        }
        WriteTagAndLength(SequenceDelimiter, 0, output);
    }

    private void WriteHeader(DicomTag tag, DicomVr vr, uint length, IBufferWriter<byte> output)
    {
        if (!syntax.IsExplicitVr)
        {
            WriteTagAndLength(tag, length, output);
            return;
        }
        var header = output.GetSpan(12);
        PutTag(header, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], vr.Letters()); // letters are in order in every syntax
        if (vr.IsLongForm())
        {
            header[6..8].Clear();
            PutUInt32(header[8..], length);
            output.Advance(12);
            return;
        }
        PutUInt16(header[6..], (ushort)length);
        output.Advance(8);
    }

    private void WriteTagAndLength(DicomTag tag, uint length, IBufferWriter<byte> output)
    {
        var header = output.GetSpan(8);
        PutTag(header, tag);
        PutUInt32(header[4..], length);
        output.Advance(8);
    }

    private void PutTag(Span<byte> destination, DicomTag tag)
    {
        PutUInt16(destination, tag.Group);
        PutUInt16(destination[2..], tag.Element);
    }

    private void PutUInt16(Span<byte> destination, ushort value)
    {
        if (syntax.IsBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(destination, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(destination, value);
    }

    private void PutUInt32(Span<byte> destination, uint value)
    {
        if (syntax.IsBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(destination, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(destination, value);
    }
}
