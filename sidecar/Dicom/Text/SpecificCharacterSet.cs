using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gantry.Dicom;

/// <summary>
/// The character repertoires of one data set, as its Specific Character Set (0008,0005) names them (PS3.3 C.12.1.1.2), and
/// the way between text and the bytes of values. Immutable and safe for threads; equal terms give equal, and nearly always
/// the same, instances. Values are taken and given whole and unpadded: all values of an element with the backslashes
/// between them, where its VR has several.
/// </summary>
public sealed class SpecificCharacterSet : IEquatable<SpecificCharacterSet>
{
    // Peers choose the terms, so the cache has an end; sets past it work as well, and are made anew each time
    private const int MaximumCached = 512;
    private static readonly ConcurrentDictionary<string, SpecificCharacterSet> Cache = new(StringComparer.Ordinal);
    private static readonly SearchValues<byte> ChangedInRomaji = SearchValues.Create(@"\~"u8);

    private readonly TextCodec _codec;
    private readonly string _text;

    private SpecificCharacterSet(string[] terms, TextCodec codec) =>
        (DefinedTerms, _codec, _text) = (Array.AsReadOnly(terms), codec, string.Join('\\', terms));

    /// <summary>The default repertoire, ISO IR 6 (ASCII): what an absent or empty Specific Character Set means.</summary>
    public static SpecificCharacterSet Default { get; } = Parse();

    /// <summary>Unicode in UTF-8, <c>ISO_IR 192</c>.</summary>
    public static SpecificCharacterSet Utf8 { get; } = Parse("ISO_IR 192");

    /// <summary>Latin alphabet No. 1, <c>ISO_IR 100</c>.</summary>
    public static SpecificCharacterSet Latin1 { get; } = Parse("ISO_IR 100");

    /// <summary>
    /// The values to write into (0008,0005), in the standard's spelling; none for <see cref="Default"/>. The first may be
    /// empty: <c>["", "ISO 2022 IR 149"]</c>.
    /// </summary>
    public IReadOnlyList<string> DefinedTerms { get; }

    /// <summary>
    /// The set that these values of (0008,0005) name. Known misspellings are taken for what they mean: case, blanks, NUL,
    /// <c>_</c> and <c>-</c> do not matter, nor whether a term says <c>ISO_IR</c> or <c>ISO 2022 IR</c>.
    /// </summary>
    /// <exception cref="DicomFormatException">A term is unknown; the message names it.</exception>
    public static SpecificCharacterSet Parse(params IReadOnlyList<string> definedTerms) =>
        TryParse(definedTerms, out var set, out var unknownTerm) ? set : throw Unknown(unknownTerm);

    /// <summary>The set that the raw bytes of (0008,0005) name; see <see cref="Parse(IReadOnlyList{string})"/>.</summary>
    /// <exception cref="DicomFormatException">A term is unknown; the message names it.</exception>
    public static SpecificCharacterSet Parse(ReadOnlySpan<byte> value)
    {
        var trimmed = value.TrimEnd(" \0"u8);
        if (trimmed.IsEmpty)
            return Default;
        if (trimmed.SequenceEqual("ISO_IR 192"u8))
            return Utf8;
        if (trimmed.SequenceEqual("ISO_IR 100"u8))
            return Latin1;
        return Parse(Encoding.Latin1.GetString(trimmed).Split('\\'));
    }

    /// <summary>Like <see cref="Parse(IReadOnlyList{string})"/>, but false where a term is unknown.</summary>
    public static bool TryParse(IReadOnlyList<string> definedTerms, [NotNullWhen(true)] out SpecificCharacterSet? set) =>
        TryParse(definedTerms, out set, out _);

    /// <summary>
    /// The text of an element's whole value. Never throws: bytes without a meaning become U+FFFD. VRs that the character
    /// set does not apply to (CS, UI, DA ...) are read as ASCII. Padding stays.
    /// </summary>
    public string Decode(ReadOnlySpan<byte> value, DicomVr vr)
    {
        var codec = CodecFor(vr);
        if (IsPlain(value, codec))
            return Encoding.ASCII.GetString(value);

        char[]? rented = null;
        var text = value.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(value.Length);
        var decoded = new string(text[..codec.Decode(value, vr, text, out _)]);
        Return(rented);
        return decoded;
    }

    /// <summary>The texts of an element's values, parted at their backslashes; one for a VR that has one value only.</summary>
    public string[] DecodeValues(ReadOnlySpan<byte> values, DicomVr vr)
    {
        List<string> texts = [];
        while (true)
        {
            var length = FirstValueLength(values, vr);
            texts.Add(Decode(values[..length], vr));
            if (length == values.Length)
                return [.. texts];
            values = values[(length + 1)..];
        }
    }

    /// <summary>
    /// The text of an element's whole value as UTF-8, without allocation for values of usual length. False if
    /// <paramref name="destination"/> is too small: three bytes for each byte of the value always suffice.
    /// </summary>
    public bool TryDecodeToUtf8(ReadOnlySpan<byte> value, DicomVr vr, Span<byte> destination, out int written)
    {
        written = 0;
        var codec = CodecFor(vr);
        if (IsPlain(value, codec) || (codec is Utf8Codec && System.Text.Unicode.Utf8.IsValid(value)))
            return TryCopy(value, destination, out written);
        return TryTranscodeToUtf8(codec, value, vr, destination, out written);
    }

    /// <summary>
    /// The length of the first value of an element's bytes: the place of the first backslash, or the whole length. A
    /// backslash byte inside a two-byte character is none, and neither is any in a VR of one value (ST, LT, UT, UR).
    /// </summary>
    public int FirstValueLength(ReadOnlySpan<byte> values, DicomVr vr) => CodecFor(vr).FirstValueLength(values, vr);

    /// <summary>True if <see cref="TryEncode"/> can write the text. ESC can never be written: it is no character.</summary>
    public bool CanEncode(ReadOnlySpan<char> text, DicomVr vr = DicomVr.LO)
    {
        var codec = CodecFor(vr);
        var size = codec.MaxBytes(text.Length);
        byte[]? rented = null;
        var bytes = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(size);
        var can = codec.Encode(text, vr, bytes, out _) == OperationStatus.Done;
        Return(rented);
        return can;
    }

    /// <summary>
    /// Writes an element's whole value. False, and nothing written, if a character has no code in this set: nothing is ever
    /// replaced by another character.
    /// </summary>
    public bool TryEncode(ReadOnlySpan<char> text, DicomVr vr, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var codec = CodecFor(vr);
        // Most text needs far less than the most that it could need, which counts for texts of megabytes
        var most = codec.MaxBytes(text.Length);
        for (var size = Math.Min(most, Math.Max(256, 2 * text.Length)); ; size = Math.Min(most, 2 * size))
        {
            switch (codec.Encode(text, vr, output.GetSpan(size), out var written))
            {
                case OperationStatus.Done:
                    output.Advance(written);
                    return true;
                case OperationStatus.DestinationTooSmall when size < most:
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>
    /// Writes an element's whole value given as UTF-8, without allocation for values of usual length. ASCII is copied
    /// straight. False if the text is not valid UTF-8, if a character has no code in this set, or if
    /// <paramref name="destination"/> is too small, which it is not at <see cref="MaxEncodedLength"/>.
    /// </summary>
    public bool TryEncodeUtf8(ReadOnlySpan<byte> utf8, DicomVr vr, Span<byte> destination, out int written)
    {
        written = 0;
        var codec = CodecFor(vr);
        if (IsPlain(utf8, codec))
            return TryCopy(utf8, destination, out written);
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
            return false;
        if (codec is Utf8Codec)
            return !utf8.Contains(TextDelimiters.Escape) && TryCopy(utf8, destination, out written);
        return TryTranscodeFromUtf8(codec, utf8, vr, destination, out written);
    }

    /// <summary>The most bytes that so many bytes of UTF-8 can become in this set.</summary>
    public int MaxEncodedLength(int utf8Length) => Math.Max(utf8Length, _codec.MaxBytes(utf8Length));

    /// <summary>
    /// True if the bytes are legal in this set as a value of this VR: every code assigned, every escape sequence declared,
    /// the initial state back at each delimiter. <see cref="Decode"/> reads more than that.
    /// </summary>
    public bool IsValid(ReadOnlySpan<byte> value, DicomVr vr = DicomVr.LO) => Judge(value, vr) == TextLegality.Legal;

    /// <inheritdoc/>
    public bool Equals(SpecificCharacterSet? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SpecificCharacterSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The value of (0008,0005): the terms with backslashes between them.</summary>
    public override string ToString() => _text;

    internal TextLegality Judge(ReadOnlySpan<byte> value, DicomVr vr)
    {
        var codec = CodecFor(vr);
        if (IsPlain(value, codec))
            return TextLegality.Legal;

        char[]? rented = null;
        var text = value.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(value.Length);
        codec.Decode(value, vr, text, out var legality);
        Return(rented);
        return legality;
    }

    private static bool TryParse(
        IReadOnlyList<string> definedTerms, [NotNullWhen(true)] out SpecificCharacterSet? set, out string? unknownTerm)
    {
        ArgumentNullException.ThrowIfNull(definedTerms);
        set = null;
        if (!CharacterSetTerms.TryRead(definedTerms, out var sets, out unknownTerm))
            return false;

        var terms = CharacterSetTerms.Write(sets);
        var key = string.Join('\\', terms);
        if (Cache.TryGetValue(key, out set))
            return true;
        set = new SpecificCharacterSet(terms, CharacterSetTerms.Codec(sets));
        if (Cache.Count < MaximumCached)
            set = Cache.GetOrAdd(key, set);
        return true;
    }

    // The two slow ways stand apart, so that the fast ones before them need no room on the stack
    [SkipLocalsInit]
    private static bool TryTranscodeToUtf8(
        TextCodec codec, ReadOnlySpan<byte> value, DicomVr vr, Span<byte> destination, out int written)
    {
        char[]? rented = null;
        var text = value.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(value.Length);
        var length = codec.Decode(value, vr, text, out _);
        var fits = Encoding.UTF8.TryGetBytes(text[..length], destination, out written);
        Return(rented);
        return fits;
    }

    [SkipLocalsInit]
    private static bool TryTranscodeFromUtf8(
        TextCodec codec, ReadOnlySpan<byte> utf8, DicomVr vr, Span<byte> destination, out int written)
    {
        char[]? rented = null;
        var text = utf8.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        var length = Encoding.UTF8.GetChars(utf8, text);
        var status = codec.Encode(text[..length], vr, destination, out written);
        Return(rented);
        return status == OperationStatus.Done;
    }

    // The term comes from the wire: what is shown of it is short and printable
    private static DicomFormatException Unknown(string? term)
    {
        var shown = string.Concat((term ?? "").Take(32).Select(character => character is >= ' ' and < '\x7F' ? character : '?'));
        return new DicomFormatException(
            $"Specific Character Set (0008,0005): '{shown}' is none of the defined terms of PS3.3 C.12.1.1.2.");
    }

    private TextCodec CodecFor(DicomVr vr) => TextDelimiters.UsesCharacterSet(vr) ? _codec : Default._codec;

    // ASCII that means the same in all sets: no escape sequence, and nothing that JIS X 0201 reads otherwise
    private static bool IsPlain(ReadOnlySpan<byte> bytes, TextCodec codec) =>
        Ascii.IsValid(bytes) && !bytes.Contains(TextDelimiters.Escape)
        && (!codec.ChangesAscii || !bytes.ContainsAny(ChangedInRomaji));

    private static bool TryCopy(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        var fits = source.TryCopyTo(destination);
        written = fits ? source.Length : 0;
        return fits;
    }

    private static void Return<T>(T[]? rented)
    {
        if (rented is not null)
            ArrayPool<T>.Shared.Return(rented);
    }
}
