using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Gantry.Dicom;

/// <summary>The values of AT FD FL SL SS SV UL US UV, little endian.</summary>
internal static class BinaryNumbers
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Whole values in these bytes; stray bytes at the end do not count.</summary>
    public static int Count(ReadOnlySpan<byte> value, DicomVr vr) => value.Length / vr.NumberSize();

    /// <summary>A value as a floating point number, exact to 53 bits; null past the end or for other VRs.</summary>
    public static double? ToDouble(ReadOnlySpan<byte> value, DicomVr vr, int index)
    {
        if (!TrySlice(ref value, vr, index))
            return null;
        return vr switch
        {
            DicomVr.FD => BinaryPrimitives.ReadDoubleLittleEndian(value),
            DicomVr.FL => BinaryPrimitives.ReadSingleLittleEndian(value),
            DicomVr.UV => BinaryPrimitives.ReadUInt64LittleEndian(value),
            DicomVr.AT => TagOf(value).Value,
            _ => ToInt64(value, vr),
        };
    }

    /// <summary>A whole number that fits; null for others, past the end and for other VRs.</summary>
    public static long? ToInt64(ReadOnlySpan<byte> value, DicomVr vr, int index)
    {
        if (!TrySlice(ref value, vr, index))
            return null;
        return vr switch
        {
            DicomVr.UV => BinaryPrimitives.ReadUInt64LittleEndian(value) is <= long.MaxValue and var number ? (long)number : null,
            DicomVr.FD or DicomVr.FL => WholeOf(vr == DicomVr.FD
                ? BinaryPrimitives.ReadDoubleLittleEndian(value) : BinaryPrimitives.ReadSingleLittleEndian(value)),
            DicomVr.AT => TagOf(value).Value,
            _ => ToInt64(value, vr),
        };
    }

    /// <summary>The number as a long if it is whole and small enough to be exact.</summary>
    public static long? WholeOf(double number) =>
        Math.Abs(number) <= 1L << 53 && Math.Truncate(number) == number ? (long)number : null;

    /// <summary>A tag of VR AT; null past the end.</summary>
    public static DicomTag? ToTag(ReadOnlySpan<byte> value, int index) =>
        TrySlice(ref value, DicomVr.AT, index) ? TagOf(value) : null;

    /// <summary>A value in decimal, a tag as (gggg,eeee); null past the end or for other VRs.</summary>
    public static string? ToText(ReadOnlySpan<byte> value, DicomVr vr, int index)
    {
        if (!TrySlice(ref value, vr, index))
            return null;
        return vr switch
        {
            DicomVr.AT => TagOf(value).ToString(),
            DicomVr.FD => BinaryPrimitives.ReadDoubleLittleEndian(value).ToString("R", Culture),
            DicomVr.FL => BinaryPrimitives.ReadSingleLittleEndian(value).ToString("R", Culture),
            DicomVr.UV => BinaryPrimitives.ReadUInt64LittleEndian(value).ToString(Culture),
            _ => ToInt64(value, vr).ToString(Culture),
        };
    }

    /// <summary>Every value in decimal.</summary>
    public static string[] ToTexts(ReadOnlySpan<byte> value, DicomVr vr)
    {
        var texts = new string[Count(value, vr)];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = ToText(value, vr, i)!;
        return texts;
    }

    /// <summary>The bytes of decimal numbers (or tags) joined by backslashes.</summary>
    /// <exception cref="ArgumentException">One is no number, or too large for the VR.</exception>
    public static byte[] FromText(DicomTag tag, string text, DicomVr vr)
    {
        var parts = text.Split('\\');
        var bytes = new byte[parts.Length * vr.NumberSize()];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryWrite(parts[i], vr, bytes.AsSpan(i * vr.NumberSize())))
                throw new ArgumentException($"{tag} has VR {vr}, and value {i + 1} is no such number.", nameof(text));
        }
        return bytes;
    }

    /// <summary>True if the text is a number of this VR.</summary>
    public static bool IsNumber(string text, DicomVr vr) => TryWrite(text, vr, stackalloc byte[8]);

    private static bool TryWrite(string text, DicomVr vr, Span<byte> destination) => vr switch
    {
        DicomVr.US => TryParse(text, out ushort number) && BinaryPrimitives.TryWriteUInt16LittleEndian(destination, number),
        DicomVr.SS => TryParse(text, out short number) && BinaryPrimitives.TryWriteInt16LittleEndian(destination, number),
        DicomVr.UL => TryParse(text, out uint number) && BinaryPrimitives.TryWriteUInt32LittleEndian(destination, number),
        DicomVr.SL => TryParse(text, out int number) && BinaryPrimitives.TryWriteInt32LittleEndian(destination, number),
        DicomVr.UV => TryParse(text, out ulong number) && BinaryPrimitives.TryWriteUInt64LittleEndian(destination, number),
        DicomVr.SV => TryParse(text, out long number) && BinaryPrimitives.TryWriteInt64LittleEndian(destination, number),
        DicomVr.FL => float.TryParse(text, Culture, out var number)
            && BinaryPrimitives.TryWriteSingleLittleEndian(destination, number),
        DicomVr.FD => double.TryParse(text, Culture, out var number)
            && BinaryPrimitives.TryWriteDoubleLittleEndian(destination, number),
        _ => DicomDictionary.TryParseTag(text, out var tag)
            && BinaryPrimitives.TryWriteUInt16LittleEndian(destination, tag.Group)
            && BinaryPrimitives.TryWriteUInt16LittleEndian(destination[2..], tag.Element),
    };

    private static bool TryParse<T>(string text, out T number) where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            Culture, out number);

    private static long ToInt64(ReadOnlySpan<byte> value, DicomVr vr) => vr switch
    {
        DicomVr.US => BinaryPrimitives.ReadUInt16LittleEndian(value),
        DicomVr.SS => BinaryPrimitives.ReadInt16LittleEndian(value),
        DicomVr.UL => BinaryPrimitives.ReadUInt32LittleEndian(value),
        DicomVr.SL => BinaryPrimitives.ReadInt32LittleEndian(value),
        _ => BinaryPrimitives.ReadInt64LittleEndian(value),
    };

    private static DicomTag TagOf(ReadOnlySpan<byte> value) =>
        new(BinaryPrimitives.ReadUInt16LittleEndian(value), BinaryPrimitives.ReadUInt16LittleEndian(value[2..]));

    private static bool TrySlice(ref ReadOnlySpan<byte> value, DicomVr vr, int index)
    {
        if (!vr.IsBinaryNumber() || index >= Count(value, vr))
            return false;
        value = value.Slice(index * vr.NumberSize(), vr.NumberSize());
        return true;
    }
}
