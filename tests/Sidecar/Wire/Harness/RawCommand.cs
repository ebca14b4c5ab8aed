using System.Buffers.Binary;
using System.Text;
using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>A command set written and read by hand (PS3.7 6.3.1), so that the product's own code is not its judge.</summary>
internal sealed class RawCommand
{
    private readonly SortedDictionary<ushort, byte[]> _elements = [];

    public RawCommand UInt16(ushort element, params ReadOnlySpan<int> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)values[i]);
        return Set(element, bytes);
    }

    public RawCommand Text(ushort element, string text, char padding = '\0') =>
        Set(element, Encoding.ASCII.GetBytes(text.Length % 2 == 0 ? text : text + padding));

    public RawCommand Tags(ushort element, params ReadOnlySpan<DicomTag> tags)
    {
        var words = new int[tags.Length * 2];
        for (var i = 0; i < tags.Length; i++) (words[2 * i], words[2 * i + 1]) = (tags[i].Group, tags[i].Element);
        return UInt16(element, words);
    }

    public RawCommand Set(ushort element, byte[] value)
    {
        _elements[element] = value;
        return this;
    }

    public byte[] ToBytes()
    {
        var body = new List<byte>();
        foreach (var (element, value) in _elements)
        {
            body.AddRange(Header(element, value.Length));
            body.AddRange(value);
        }

        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, body.Count);
        return [.. Header(0, 4), .. length, .. body];
    }

    public static RawCommand Read(ReadOnlySpan<byte> bytes)
    {
        var command = new RawCommand();
        var before = -1;
        while (!bytes.IsEmpty)
        {
            Assert.Equal(0, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            Assert.True(element > before, "elements of a command set stand in the order of their tags");
            before = element;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            Assert.Equal(0, length % 2);
            command.Set(element, bytes.Slice(8, length).ToArray());
            bytes = bytes[(8 + length)..];
        }

        return command;
    }

    public bool Has(ushort element) => _elements.ContainsKey(element);

    public int UInt16Of(ushort element) => BinaryPrimitives.ReadUInt16LittleEndian(_elements[element]);

    public string? TextOf(ushort element) =>
        _elements.TryGetValue(element, out var value) ? Encoding.ASCII.GetString(value).TrimEnd('\0', ' ') : null;

    public IReadOnlyList<DicomTag> TagsOf(ushort element)
    {
        if (!_elements.TryGetValue(element, out var value)) return [];
        var tags = new DicomTag[value.Length / 4];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new DicomTag(
                BinaryPrimitives.ReadUInt16LittleEndian(value.AsSpan(4 * i)), BinaryPrimitives.ReadUInt16LittleEndian(value.AsSpan(4 * i + 2)));
        }

        return tags;
    }

    private static byte[] Header(ushort element, int length)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), length);
        return header;
    }
}
