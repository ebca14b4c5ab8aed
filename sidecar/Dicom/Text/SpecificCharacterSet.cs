using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Gantry.Dicom;

#pragma warning disable CA1822 // skeleton: the bodies come next

/// <summary>
/// The character repertoires of one data set, as its Specific Character Set (0008,0005) names them (PS3.3 C.12.1.1.2).
/// Immutable and safe for threads; equal terms give the same instance.
/// </summary>
public sealed class SpecificCharacterSet
{
    private SpecificCharacterSet(params string[] terms) => DefinedTerms = terms;

    /// <summary>The default repertoire, ISO IR 6 (ASCII): what an absent Specific Character Set means.</summary>
    public static SpecificCharacterSet Default { get; } = new();

    /// <summary>Unicode in UTF-8, <c>ISO_IR 192</c>.</summary>
    public static SpecificCharacterSet Utf8 { get; } = new("ISO_IR 192");

    /// <summary>Latin alphabet No. 1, <c>ISO_IR 100</c>.</summary>
    public static SpecificCharacterSet Latin1 { get; } = new("ISO_IR 100");

    /// <summary>The values to write into (0008,0005), in the standard's spelling; empty for <see cref="Default"/>.</summary>
    public IReadOnlyList<string> DefinedTerms { get; }

    /// <summary>The set that these values of (0008,0005) name.</summary>
    /// <exception cref="DicomFormatException">A term is unknown; the message names it.</exception>
    public static SpecificCharacterSet Parse(params IReadOnlyList<string> definedTerms) =>
        TryParse(definedTerms, out var set) ? set : throw new DicomFormatException("unknown");

    /// <summary>The set that the raw bytes of (0008,0005) name.</summary>
    /// <exception cref="DicomFormatException">A term is unknown; the message names it.</exception>
    public static SpecificCharacterSet Parse(ReadOnlySpan<byte> value) => Parse(Encoding.Latin1.GetString(value).Split('\\'));

    /// <summary>Like <see cref="Parse(IReadOnlyList{string})"/>, but false where a term is unknown.</summary>
    public static bool TryParse(IReadOnlyList<string> definedTerms, [NotNullWhen(true)] out SpecificCharacterSet? set)
    {
        ArgumentNullException.ThrowIfNull(definedTerms);
        set = Utf8;
        return true;
    }

    /// <summary>The text of an element's whole value. Never throws: bytes without a meaning become U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> value, DicomVr vr) => Encoding.UTF8.GetString(value);

    /// <summary>
    /// The text of an element's whole value as UTF-8, without allocation. False if <paramref name="destination"/> is too
    /// small; 3 bytes for each byte of the value always suffice.
    /// </summary>
    public bool TryDecodeToUtf8(ReadOnlySpan<byte> value, DicomVr vr, Span<byte> destination, out int written) =>
        (written = value.TryCopyTo(destination) ? value.Length : 0) == value.Length;

    /// <summary>
    /// The length of the first value of an element's bytes: the place of its backslash, or the whole length. A backslash
    /// byte inside a multi-byte character, or in a VR that has one value only, is none.
    /// </summary>
    public int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr) =>
        values.IndexOf((byte)'\\') is >= 0 and var at ? at : values.Length;

    /// <summary>True if every character of the text can be written in this set.</summary>
    public bool CanEncode(ReadOnlySpan<char> text) => true;

    /// <summary>Writes an element's whole value. False, and nothing written, if a character has no code in this set.</summary>
    public bool TryEncode(ReadOnlySpan<char> text, DicomVr vr, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(text, output);
        return true;
    }

    /// <summary>
    /// Writes an element's whole value given as UTF-8, without allocation. False if a character has no code in this set,
    /// or if <paramref name="destination"/> is too small: see <see cref="MaxEncodedLength"/>.
    /// </summary>
    public bool TryEncodeUtf8(ReadOnlySpan<byte> utf8, DicomVr vr, Span<byte> destination, out int written) =>
        (written = utf8.TryCopyTo(destination) ? utf8.Length : 0) == utf8.Length;

    /// <summary>The most bytes that so many bytes of UTF-8 can become in this set.</summary>
    public int MaxEncodedLength(int utf8Length) => utf8Length * 12;

    /// <summary>True if the bytes are legal in this set, escape sequences included.</summary>
    public bool IsValid(ReadOnlySpan<byte> value, DicomVr vr = DicomVr.PN) => true;

    /// <inheritdoc/>
    public override string ToString() => string.Join('\\', DefinedTerms);
}
