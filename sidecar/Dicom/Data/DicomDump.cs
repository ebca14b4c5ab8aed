using System.Globalization;
using System.Text;

namespace Gantry.Dicom;

/// <summary>Prints data sets for people, a line per element, in the layout of dcmdump, which dump2dcm reads back.</summary>
public static class DicomDump
{
    private const int LongestValue = 64 * 1024;

    /// <summary>
    /// Writes tag, VR, value, length in bytes, multiplicity and keyword of each element; items and their elements further in;
    /// <c>u/l</c> where the length was undefined. Control characters in text come as dots, long strings of bytes cut off.
    /// </summary>
    /// <param name="dataset">What to print.</param>
    /// <param name="output">Where to.</param>
    /// <param name="maskValues">
    /// True to leave every value out but UIDs and code strings, for places where no patient's data may go.
    /// </param>
    public static void Write(DicomDataset dataset, TextWriter output, bool maskValues = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(output);
        Write(dataset, output, maskValues, "");
    }

    private static void Write(DicomDataset dataset, TextWriter output, bool maskValues, string indent)
    {
        foreach (var element in dataset)
        {
            if (element.Vr == DicomVr.SQ)
                WriteSequence(element, output, maskValues, indent);
            else if (element.FragmentArray is { } fragments)
                WriteFragments(element, fragments, output, maskValues, indent);
            else
                WriteValue(dataset, element, output, maskValues, indent);
        }
    }

    private static void WriteSequence(DicomElement element, TextWriter output, bool maskValues, string indent)
    {
        var kind = element.HasUndefinedLength ? "undefined" : "explicit";
        var items = element.ItemArray;
        Line(output, indent, element.Tag, "SQ", $"(Sequence with {kind} length #={items.Length})",
            element.HasUndefinedLength ? null : EncodedLength.OfSequence(element), 1, KeywordOf(element.Tag));
        foreach (var item in items)
        {
            kind = item.HasUndefinedLength ? "undefined" : "explicit";
            Line(output, indent + "  ", new(0xFFFE, 0xE000), "na", $"(Item with {kind} length #={item.Count})",
                item.HasUndefinedLength ? null : EncodedLength.Of(item), 1, "Item");
            Write(item, output, maskValues, indent + "    ");
            Line(output, indent + "  ", new(0xFFFE, 0xE00D), "na",
                item.HasUndefinedLength ? "(ItemDelimitationItem)" : "(ItemDelimitationItem for re-encoding)",
                0, 0, "ItemDelimitationItem");
        }
        Line(output, indent, new(0xFFFE, 0xE0DD), "na",
            element.HasUndefinedLength ? "(SequenceDelimitationItem)" : "(SequenceDelimitationItem for re-encod.)", 0, 0,
            "SequenceDelimitationItem");
    }

    private static void WriteFragments(
        DicomElement element, ReadOnlyMemory<byte>[] fragments, TextWriter output, bool maskValues, string indent)
    {
        Line(output, indent, element.Tag, element.Vr.ToString(), $"(PixelSequence #={fragments.Length})", null, 1,
            KeywordOf(element.Tag));
        foreach (var fragment in fragments)
        {
            Line(output, indent + "  ", new(0xFFFE, 0xE000), "pi", ShownBytes(fragment.Span, DicomVr.OB, maskValues),
                fragment.Length, 1, "Item");
        }
        Line(output, indent, new(0xFFFE, 0xE0DD), "na", "(SequenceDelimitationItem)", 0, 0, "SequenceDelimitationItem");
    }

    private static void WriteValue(DicomDataset dataset, DicomElement element, TextWriter output, bool maskValues, string indent)
    {
        var vr = element.Vr;
        var length = element.Text is null ? element.Value.Length : EncodedLength.OfText(dataset, element);
        var (value, multiplicity) = length == 0 ? ("(no value available)", 0)
            : vr.IsOther() ? (ShownBytes(element.Value.Span, vr, maskValues), 1)
            : ShownValues(dataset.GetStrings(element.Tag), vr, maskValues);
        Line(output, indent, element.Tag, vr.ToString(), value, length, multiplicity, KeywordOf(element.Tag));
    }

    private static (string Value, int Multiplicity) ShownValues(IReadOnlyList<string> values, DicomVr vr, bool maskValues)
    {
        var shown = maskValues && vr is not (DicomVr.UI or DicomVr.CS) ? "(masked)"
            : vr.IsBinaryNumber() ? string.Join('\\', values)
            : $"[{WithoutControls(string.Join('\\', values))}]";
        return (shown, values.Count);
    }

    private static string ShownBytes(ReadOnlySpan<byte> bytes, DicomVr vr, bool maskValues)
    {
        if (maskValues || bytes.Length > LongestValue || bytes.IsEmpty)
            return bytes.IsEmpty ? "(no value available)" : "(not shown)";
        var unit = vr.UnitSize();
        var shown = new StringBuilder();
        for (var i = 0; i < bytes.Length; i += unit)
        {
            shown.Append(i == 0 ? "" : "\\");
            for (var j = Math.Min(i + unit, bytes.Length) - 1; j >= i; j--) // words as numbers, the high byte first
                shown.Append(CultureInfo.InvariantCulture, $"{bytes[j]:x2}");
        }
        return shown.ToString();
    }

    private static string WithoutControls(string text) =>
        string.Create(text.Length, text, (shown, source) =>
        {
            for (var i = 0; i < shown.Length; i++)
                shown[i] = char.IsControl(source[i]) ? '.' : source[i];
        });

    private static string KeywordOf(DicomTag tag) => DicomDictionary.Find(tag)?.Keyword ?? tag switch
    {
        { IsGroupLength: true } => "GroupLength",
        { IsPrivate: false } => "Unknown",
        { Element: >= 0x10 and <= 0xFF } => "PrivateCreator",
        _ => "Private",
    };

    private static void Line(
        TextWriter output, string indent, DicomTag tag, string vr, string value, long? length, int multiplicity, string keyword)
    {
        var size = length?.ToString(CultureInfo.InvariantCulture) ?? "u/l";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{indent}{tag} {vr} {value,-40} # {size,3}, {multiplicity} {keyword}"));
    }
}
