using System.Globalization;
using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// Finds rows of <see cref="DicomDictionaryTable"/> by tag or by keyword. Built once, from the first look-up on, in well under a
/// millisecond: an offset and a VR per row, and an open hash over the tags. The text itself stays in the program's image.
/// </summary>
internal sealed class DictionaryIndex
{
    private const int SlotCount = 1 << 14; // three times the rows there are
    private readonly uint[] _tags;
    private readonly int[] _offsets;    // of the rows in the table
    private readonly VrCode[] _vrs;
    private readonly ushort[] _byTag = new ushort[SlotCount];       // row number + 1; 0 is free
    private readonly Lazy<ushort[]> _byKeyword;

    public DictionaryIndex()
    {
        var table = DicomDictionaryTable.Rows;
        var count = table.Count((byte)'\n') + 1;
        (_tags, _offsets, _vrs) = (new uint[count], new int[count], new VrCode[count]);
        var offset = 0;
        for (var number = 0; number < count; number++)
        {
            var row = RowAt(offset);
            var tag = TagOf(row);
            (_tags[number], _offsets[number], _vrs[number]) = (tag, offset, VrCodeOf(row[9], row[10]));
            var slot = SlotOf(tag);
            while (_byTag[slot] != 0)
                slot = (slot + 1) & (SlotCount - 1);
            _byTag[slot] = (ushort)(number + 1);
            offset += row.Length + 1;
        }
        _byKeyword = new(IndexKeywords);
    }

    /// <summary>How a row gives the VR: one of PS3.5's, or a choice that depends on other attributes.</summary>
    internal enum VrCode : byte
    {
        // 0 to 33 are DicomVr
        None = 64, UsOrSs, ObOrOw, LutData,
    }

    public int Count => _tags.Length;

    public DicomTag TagAt(int row) => DicomTag.FromValue(_tags[row]);

    public VrCode VrAt(int row) => _vrs[row];

    /// <summary>
    /// The number of the tag's row, or -1. Members of repeating groups are found by the first tag of the group.
    /// </summary>
    public int Find(DicomTag tag)
    {
        var found = FindExactly(tag.Value);
        return found >= 0 || !TryFold(tag, out var first) ? found : FindExactly(first);
    }

    public int FindKeyword(ReadOnlySpan<char> keyword)
    {
        var slots = _byKeyword.Value;
        for (var slot = SlotOf(keyword); slots[slot] != 0; slot = (slot + 1) & (SlotCount - 1))
        {
            if (Ascii.Equals(FieldsOf(slots[slot] - 1).Keyword, keyword))
                return slots[slot] - 1;
        }
        return -1;
    }

    /// <summary>The text fields of a row.</summary>
    public (string Vm, string Keyword, bool IsRetired) TextAt(int row)
    {
        var fields = FieldsOf(row);
        return (Encoding.ASCII.GetString(fields.Vm), Encoding.ASCII.GetString(fields.Keyword), fields.IsRetired);
    }

    private RowFields FieldsOf(int row)
    {
        var rest = RowAt(_offsets[row])[12..];
        var vm = rest[..rest.IndexOf((byte)' ')];
        rest = rest[(vm.Length + 1)..];
        var isRetired = rest.EndsWith(" R"u8);
        return new RowFields { Vm = vm, Keyword = isRetired ? rest[..^2] : rest, IsRetired = isRetired };
    }

    private int FindExactly(uint tag)
    {
        for (var slot = SlotOf(tag); _byTag[slot] != 0; slot = (slot + 1) & (SlotCount - 1))
        {
            if (_tags[_byTag[slot] - 1] == tag)
                return _byTag[slot] - 1;
        }
        return -1;
    }

    private ushort[] IndexKeywords()
    {
        var slots = new ushort[SlotCount];
        Span<char> keyword = stackalloc char[128];
        for (var row = 0; row < _tags.Length; row++)
        {
            Ascii.ToUtf16(FieldsOf(row).Keyword, keyword, out var length);
            var slot = SlotOf(keyword[..length]);
            while (slots[slot] != 0)
                slot = (slot + 1) & (SlotCount - 1);
            slots[slot] = (ushort)(row + 1);
        }
        return slots;
    }

    // PS3.5 7.6: even groups 5000-501E, 6000-601E (dictionaries take the whole 50xx and 60xx), 7Fxx; (0020,3100-31FF)
    private static bool TryFold(DicomTag tag, out uint first)
    {
        first = tag switch
        {
            { IsPrivate: true } => 0,
            { Group: >= 0x5000 and <= 0x50FF } => 0x5000_0000u | tag.Element,
            { Group: >= 0x6000 and <= 0x60FF } => 0x6000_0000u | tag.Element,
            { Group: >= 0x7F00 and <= 0x7FFF } => 0x7F00_0000u | tag.Element,
            { Group: 0x0020, Element: >= 0x3100 and <= 0x31FF } => 0x0020_3100u,
            _ => 0,
        };
        return first != 0;
    }

    private static ReadOnlySpan<byte> RowAt(int offset)
    {
        var rest = DicomDictionaryTable.Rows[offset..];
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    private static uint TagOf(ReadOnlySpan<byte> row)
    {
        Span<byte> digits = stackalloc byte[8];
        row[..8].CopyTo(digits);
        digits.Replace((byte)'x', (byte)'0');
        return uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private static VrCode VrCodeOf(byte first, byte second) => (first, second) switch
    {
        ((byte)'x', _) => VrCode.UsOrSs,
        ((byte)'l', _) => VrCode.LutData,
        ((byte)'o', _) or ((byte)'p', _) => VrCode.ObOrOw,
        ((byte)'n', _) => VrCode.None,
        ((byte)'u', _) => (VrCode)DicomVr.UL,
        _ => DicomVrs.TryParse(first, second, out var vr)
            ? (VrCode)vr
            : throw new InvalidOperationException("The dictionary table names an unknown VR."),
    };

    private static int SlotOf(uint tag) => (int)(tag * 0x9E37_79B1u >> 18);

    private static int SlotOf(ReadOnlySpan<char> keyword)
    {
        var hash = 2166136261u;
        foreach (var c in keyword)
            hash = (hash ^ c) * 16777619u;
        return SlotOf(hash);
    }

    private readonly ref struct RowFields
    {
        public ReadOnlySpan<byte> Vm { get; init; }
        public ReadOnlySpan<byte> Keyword { get; init; }
        public bool IsRetired { get; init; }
    }
}
