using System.Buffers;
using System.Text;

namespace Gantry.Dicom;

// Values as text. Specific Character Set governs LO LT PN SH ST UC UT (PS3.5 6.1.2.3); the others are ASCII.
public sealed partial class DicomDataset
{
    /// <summary>
    /// The first value as text, without the padding that its VR calls not significant (PS3.5 6.2); null if the element is
    /// absent, its first value is empty, or its VR is SQ or a string of bytes (OB, OW, ..., UN). Numbers come in decimal, tags
    /// as (gggg,eeee).
    /// </summary>
    public string? GetString(DicomTag tag)
    {
        if (Find(tag) is not { } element)
            return null;
        if (element.Text is { } text)
            return NullIfEmpty(DicomVrs.Trim(FirstOf(text, element.Vr), element.Vr));
        var value = element.Value.Span;
        if (value.IsEmpty)
            return null;
        if (element.Vr.IsText())
        {
            var set = CharacterSet;
            var first = value[..set.FirstValueLength(value, element.Vr)];
            return NullIfEmpty(DicomVrs.Trim(set.Decode(first, element.Vr), element.Vr));
        }
        if (element.Vr.IsPlainText())
            return PlainText(FirstOf(value, element.Vr), element.Vr);
        return BinaryNumbers.ToText(value, element.Vr, 0);
    }

    /// <summary>
    /// All values as text, each without padding, empty ones between delimiters included; empty if the element is absent or
    /// empty, or has a VR for which <see cref="GetString"/> gives null.
    /// </summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag)
    {
        if (Find(tag) is not { } element)
            return [];
        var value = element.Value.Span;
        if (element.Vr.IsBinaryNumber())
            return BinaryNumbers.ToTexts(value, element.Vr);
        string[] values = element switch
        {
            { Text: { } text } => ValuesOf(text, element.Vr),
            _ when element.Vr.IsText() => CharacterSet.DecodeValues(value, element.Vr),
            _ when element.Vr.IsPlainText() => ValuesOf(Encoding.Latin1.GetString(value), element.Vr),
            _ => [],
        };
        for (var i = 0; i < values.Length; i++)
            values[i] = DicomVrs.Trim(values[i], element.Vr).ToString();
        return values is [""] ? [] : values;
    }

    /// <summary>
    /// Sets values of the VR that the dictionary gives the tag; none make it empty. A value with a backslash in it counts as
    /// several, except for LT, ST, UT and UR. Lengths and characters are not checked here: see <see cref="DicomVrRules"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The tag is unknown, its VR holds no text or number, or the text is none for that
    /// VR.</exception>
    public DicomDataset Set(DicomTag tag, params ReadOnlySpan<string> values) => Set(tag, VrFor(tag), values);

    /// <summary>The same with a VR of the caller's, for private elements.</summary>
    /// <exception cref="ArgumentException">The VR holds no text or number, or the text is none for that VR.</exception>
    public DicomDataset Set(DicomTag tag, DicomVr vr, params ReadOnlySpan<string> values)
    {
        if (values.IsEmpty)
            return Put(vr == DicomVr.SQ
                ? new DicomElement(tag, [], false) : new DicomElement(tag, vr, ReadOnlyMemory<byte>.Empty));
        var text = values.Length == 1 ? values[0] : string.Join('\\', values);
        if (vr.IsText())
            return Put(new DicomElement(tag, vr, text));
        if (vr.IsBinaryNumber())
            return Put(new DicomElement(tag, vr, BinaryNumbers.FromText(tag, text, vr)));
        if (!vr.IsPlainText())
            throw new ArgumentException($"{tag} has VR {vr}, which holds no text.", nameof(values));
        if (!Ascii.IsValid(text))
            throw new ArgumentException($"{tag} has VR {vr}, which takes ASCII only.", nameof(values));
        var bytes = new byte[text.Length + (text.Length & 1)];
        if (bytes.Length > 0)
            bytes[^1] = vr.Padding();
        Encoding.ASCII.GetBytes(text, bytes);
        return Put(new DicomElement(tag, vr, bytes));
    }

    /// <summary>
    /// The value's bytes as in Explicit VR Little Endian: as they were read, or the text encoded in <see cref="CharacterSet"/>
    /// and padded. Empty if the element is absent, a sequence, or encapsulated.
    /// </summary>
    /// <exception cref="DicomFormatException">Text that was set has characters that the character set lacks.</exception>
    public ReadOnlyMemory<byte> GetBytes(DicomTag tag)
    {
        if (Find(tag) is not { } element)
            return default;
        if (element.Text is not { } text)
            return element.Value;
        var encoded = new ArrayBufferWriter<byte>(Math.Max(text.Length + 1, 1));
        if (!CharacterSet.TryEncode(text, element.Vr, encoded))
            throw DatasetWriter.CannotEncode(CharacterSet, tag.ToString());
        if (encoded.WrittenCount % 2 == 1)
            encoded.Write([element.Vr.Padding()]);
        return encoded.WrittenMemory;
    }

    /// <summary>
    /// Makes this the character set of the data set and all its items: text is decoded from the old one, to be encoded in the
    /// new one, and (0008,0005) is set, or taken out where the set is ISO_IR 6.
    /// </summary>
    public void Transcode(SpecificCharacterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        DecodeText();
        if (set.DefinedTerms.Count > 0)
            Set(DicomTags.SpecificCharacterSet, [.. set.DefinedTerms]);
    }

    private void DecodeText()
    {
        for (var i = 0; i < Count; i++)
        {
            var element = _elements[i];
            foreach (var item in element.ItemArray)
                item.DecodeText();
            if (element.Vr.IsText() && element.Text is null && !element.Value.IsEmpty)
                _elements[i] = new DicomElement(element.Tag, element.Vr, TextOf(element, CharacterSet));
        }
        Remove(DicomTags.SpecificCharacterSet);
    }

    private DicomVr VrFor(DicomTag tag) => DicomDictionary.VrCodeOf(tag) == DictionaryIndex.VrCode.UsOrSs
        ? AmbiguousVrs.UsOrSs(this)
        : DicomDictionary.VrOf(tag) is not DicomVr.UN and var vr
            ? vr
            : throw new ArgumentException($"The dictionary does not know the VR of {tag}: state it.", nameof(tag));

    private static string[] ValuesOf(string text, DicomVr vr) => vr.IsSingleText() ? [text] : text.Split('\\');

    private static ReadOnlySpan<T> FirstOf<T>(ReadOnlySpan<T> values, DicomVr vr, T delimiter) where T : IEquatable<T> =>
        !vr.IsSingleText() && values.IndexOf(delimiter) is >= 0 and var end ? values[..end] : values;

    private static ReadOnlySpan<char> FirstOf(string text, DicomVr vr) => FirstOf(text, vr, '\\');

    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> value, DicomVr vr) => FirstOf(value, vr, (byte)'\\');

    private static string? PlainText(ReadOnlySpan<byte> value, DicomVr vr)
    {
        Span<char> text = value.Length <= 256 ? stackalloc char[value.Length] : new char[value.Length];
        Encoding.Latin1.GetChars(value, text);
        return NullIfEmpty(DicomVrs.Trim(text, vr));
    }

    private static string? NullIfEmpty(ReadOnlySpan<char> text) => text.IsEmpty ? null : text.ToString();
}
