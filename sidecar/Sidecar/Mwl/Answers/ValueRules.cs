using System.Buffers;
using System.Text.Unicode;
using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>Why a value cannot stand in an element as it is.</summary>
internal enum ValueFault
{
    None,
    TooLong,
    IllegalCharacter,
    NotUtf8,
    NotADate,
    NotATime,
    NotANumber,
    NotAUid,
    NotInCharacterSet,
}

/// <summary>
/// What PS3.5 Table 6.2-1 allows in a value that comes out of the store as UTF-8. The common case, short printable ASCII,
/// is decided by one vectorized look.
/// </summary>
internal static class ValueRules
{
    // Printable ASCII but for the backslash, which would split the value in two
    private static readonly SearchValues<byte> PlainText = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5F).Select(code => (byte)code).Where(code => code != (byte)'\\')]);

    private static readonly SearchValues<byte> CodeString = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _"u8);

    /// <summary>The most characters a single value may have; for PN it is the limit of each component group.</summary>
    public static int MaximumCharacters(DicomVr vr) => DicomVrRules.MaximumCharacters(vr) ?? int.MaxValue;

    public static ValueFault Check(DicomVr vr, ReadOnlySpan<byte> value) => vr switch
    {
        DicomVr.CS => value.IndexOfAnyExcept(CodeString) >= 0 ? ValueFault.IllegalCharacter : Length(vr, value),
        DicomVr.DA => RowTime.TryReadDate(value, out _) ? ValueFault.None : ValueFault.NotADate,
        // A colon is ACR-NEMA's; it is read but never written
        DicomVr.TM => !value.Contains((byte)':') && RowTime.TryReadTime(value, out _) ? ValueFault.None : ValueFault.NotATime,
        DicomVr.DS => DicomVrRules.Validate(vr, value) is null ? ValueFault.None : ValueFault.NotANumber,
        DicomVr.UI => IsUid(value) ? ValueFault.None : ValueFault.NotAUid,
        _ => Text(vr, value),
    };

    /// <summary>How many characters stand in these bytes of UTF-8.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var unit in utf8)
            if ((unit & 0xC0) != 0x80) count++;
        return count;
    }

    private static ValueFault Text(DicomVr vr, ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaximumCharacters(vr) && value.IndexOfAnyExcept(PlainText) < 0)
            return vr == DicomVr.PN ? NameParts(value) : ValueFault.None;
        if (!Utf8.IsValid(value)) return ValueFault.NotUtf8;
        foreach (var unit in value)
        {
            var isLineEnd = unit is (byte)'\r' or (byte)'\n' or (byte)'\t' or 0x0C;
            if (unit == 0x7F || (unit < 0x20 && !(isLineEnd && vr == DicomVr.LT))) return ValueFault.IllegalCharacter;
            if (unit == (byte)'\\' && vr != DicomVr.LT) return ValueFault.IllegalCharacter;
            if (vr == DicomVr.AE && unit >= 0x80) return ValueFault.IllegalCharacter;
        }

        return vr == DicomVr.PN ? NameParts(value) : Length(vr, value);
    }

    private static ValueFault Length(DicomVr vr, ReadOnlySpan<byte> value) =>
        value.Length <= MaximumCharacters(vr) || CountCharacters(value) <= MaximumCharacters(vr)
            ? ValueFault.None : ValueFault.TooLong;

    // Three component groups of five components (PS3.5 6.2)
    private static ValueFault NameParts(ReadOnlySpan<byte> name)
    {
        var groups = 0;
        foreach (var range in name.Split((byte)'='))
        {
            var group = name[range];
            if (++groups > 3 || group.Count((byte)'^') > 4 || CountCharacters(group) > MaximumCharacters(DicomVr.PN)) return ValueFault.TooLong;
        }

        return ValueFault.None;
    }

    // PS3.5 9.1: digits and dots, no empty component, no leading zero but for zero itself
    private static bool IsUid(ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > 64) return false;
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] is >= (byte)'0' and <= (byte)'9') continue;
            if (i < value.Length && value[i] != (byte)'.') return false;
            if (i == start || (i - start > 1 && value[start] == (byte)'0')) return false;
            start = i + 1;
        }

        return true;
    }
}
