using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Dicom.Tests.Text;

public sealed class TextPropertyTests
{
    private static readonly ConcurrentDictionary<SpecificCharacterSet, char[]> Repertoires = new();
    private static readonly DicomVr[] Vrs = [DicomVr.PN, DicomVr.LO, DicomVr.SH, DicomVr.UC, DicomVr.LT, DicomVr.ST, DicomVr.UT];

    public static TheoryData<string> Sets =>
    [
        "", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127", "ISO_IR 126", "ISO_IR 138",
        "ISO_IR 148", "ISO_IR 203", "ISO_IR 166", "ISO_IR 13", "ISO_IR 192", "GB18030", "GBK",
        @"\ISO 2022 IR 87", @"\ISO 2022 IR 159", @"\ISO 2022 IR 149", @"\ISO 2022 IR 58",
        @"ISO 2022 IR 13\ISO 2022 IR 87", @"ISO 2022 IR 13\ISO 2022 IR 6\ISO 2022 IR 87\ISO 2022 IR 159",
        @"ISO 2022 IR 100\ISO 2022 IR 101\ISO 2022 IR 109\ISO 2022 IR 110\ISO 2022 IR 144\ISO 2022 IR 127\ISO 2022 IR 126"
        + @"\ISO 2022 IR 138\ISO 2022 IR 148\ISO 2022 IR 203\ISO 2022 IR 166\ISO 2022 IR 149\ISO 2022 IR 58\ISO 2022 IR 87",
    ];

    // The sizes of the registered sets, ASCII's 95 and the 32 control characters (33 less ESC) apart
    [Theory]
    [InlineData("", 0)]
    [InlineData("ISO_IR 100", 96)]
    [InlineData("ISO_IR 101", 96)]
    [InlineData("ISO_IR 109", 89)]
    [InlineData("ISO_IR 110", 96)]
    [InlineData("ISO_IR 144", 96)]
    [InlineData("ISO_IR 127", 51)]
    [InlineData("ISO_IR 126", 90)]
    [InlineData("ISO_IR 138", 58)]
    [InlineData("ISO_IR 148", 96)]
    [InlineData("ISO_IR 203", 96)]
    [InlineData("ISO_IR 166", 88)]
    [InlineData("ISO_IR 13", 63)] // and yen and overline in the place of backslash and tilde
    [InlineData(@"\ISO 2022 IR 87", 6879 + 7)] // 6879 of JIS X 0208-1990, and Windows' 7 other ways to write some
    [InlineData(@"\ISO 2022 IR 159", 6067)]
    [InlineData(@"\ISO 2022 IR 149", 8226)] // 8224 of 1992, euro and registered sign of 1998
    [InlineData(@"\ISO 2022 IR 58", 7445 + 2)]
    public void A_repertoire_is_that_of_the_registered_set(string terms, int size) =>
        Assert.Equal(95 + 32 + size, Repertoire(Parse(terms)).Length + Aliases(Parse(terms)));

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_character_of_a_repertoire_comes_back(string terms)
    {
        var set = Parse(terms);
        var whole = new string(Repertoire(set));

        var bytes = Encode(set, whole, DicomVr.LT);
        Assert.Equal(whole, set.Decode(bytes, DicomVr.LT));
        Assert.True(set.IsValid(bytes, DicomVr.LT));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Text_of_a_repertoire_comes_back_and_its_bytes_are_valid(string terms)
    {
        var set = Parse(terms);
        var texts = TextOf(set);

        Prop.ForAll(Gen.Elements(Vrs).Zip(texts).ToArbitrary(), sample =>
        {
            var (vr, text) = sample;
            if (!set.CanEncode(text, vr))
                return text.AsSpan().ContainsAny('¥', '\\'); // the only characters that depend on the VR, in JIS X 0201
            var bytes = Encode(set, text, vr);
            return set.Decode(bytes, vr) == text && set.IsValid(bytes, vr);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_ways_by_utf8_agree_with_the_ways_by_strings(string terms)
    {
        var set = Parse(terms);

        Prop.ForAll(Gen.Elements(Vrs).Zip(TextOf(set)).ToArbitrary(), sample =>
        {
            var (vr, text) = sample;
            if (!set.CanEncode(text, vr))
                return !set.TryEncodeUtf8(Encoding.UTF8.GetBytes(text), vr, new byte[9999], out _);
            var utf8 = Encoding.UTF8.GetBytes(text);
            var expected = Encode(set, text, vr);
            var encoded = new byte[set.MaxEncodedLength(utf8.Length)];
            var decoded = new byte[3 * expected.Length];
            return set.TryEncodeUtf8(utf8, vr, encoded, out var written)
                && encoded.AsSpan(0, written).SequenceEqual(expected)
                && set.TryDecodeToUtf8(expected, vr, decoded, out var read)
                && decoded.AsSpan(0, read).SequenceEqual(utf8)
                && (written == 0 || !set.TryEncodeUtf8(utf8, vr, encoded.AsSpan(0, written - 1), out _))
                && (read == 0 || !set.TryDecodeToUtf8(expected, vr, decoded.AsSpan(0, read - 1), out _));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Arbitrary_bytes_never_throw_and_both_ways_of_reading_agree(string terms)
    {
        var set = Parse(terms);

        Prop.ForAll(Gen.Elements(Enum.GetValues<DicomVr>()).Zip(Bytes).ToArbitrary(), sample =>
        {
            var (vr, bytes) = sample;
            var text = set.Decode(bytes, vr);
            var utf8 = new byte[3 * bytes.Length];
            return text.Length <= bytes.Length
                && set.TryDecodeToUtf8(bytes, vr, utf8, out var written)
                && Encoding.UTF8.GetString(utf8, 0, written) == text
                && (!set.IsValid(bytes, vr) || set.Decode(Encode(set, text, vr), vr) == text);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Values_parted_and_joined_again_are_the_whole_text(string terms)
    {
        var set = Parse(terms);

        Prop.ForAll(Gen.Elements(Vrs).Zip(Bytes).ToArbitrary(), sample =>
            set.Decode(sample.Item2, sample.Item1) == string.Join('\\', set.DecodeValues(sample.Item2, sample.Item1)))
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Values_encoded_alone_and_joined_are_the_values_encoded_together(string terms)
    {
        var set = Parse(terms);

        Prop.ForAll(TextOf(set).ListOf().ToArbitrary(), texts =>
        {
            var values = texts.Select(text => text.Replace("¥", "", StringComparison.Ordinal)).ToArray();
            var together = Encode(set, string.Join('\\', values), DicomVr.LO);
            var alone = values.Select(value => Encode(set, value, DicomVr.LO))
                .SelectMany((bytes, index) => index == 0 ? bytes : [(byte)'\\', .. bytes]);
            return alone.SequenceEqual(together);
        }).QuickCheckThrowOnFailure();
    }

    // Bytes that come near to text: escape sequences, delimiters and all halves of characters
    private static Gen<byte[]> Bytes => Gen.OneOf(
            Gen.Choose(0, 255).Select(value => (byte[])[(byte)value]),
            Gen.Choose(0x21, 0x7E).Select(value => (byte[])[(byte)value]),
            Gen.Choose(0xA1, 0xFE).Select(value => (byte[])[(byte)value]),
            Gen.Elements(@"\^=0"u8.ToArray()).Select(value => (byte[])[value]),
            Gen.Elements("(B", "(J", ")I", "-A", "-L", "$B", "$@", "$(D", "$)C", "$)A", "$").Select(value => (byte[])[0x1B, .. Encoding.ASCII.GetBytes(value)]))
        .ListOf().Select(parts => parts.SelectMany(part => part).ToArray());

    private static Gen<string> TextOf(SpecificCharacterSet set)
    {
        var all = Repertoire(set);
        var one = Gen.OneOf(
            Gen.Elements(all).Select(character => character.ToString()),
            Gen.Elements("A", " ", "^", "=", "\r\n", "\t"),
            set.CanEncode("😀") ? Gen.Elements("😀", "𠮷", "\U0010FFFF") : Gen.Constant("Z"));
        return one.ListOf().Select(parts => string.Concat(parts));
    }

    // All of the BMP that the set can write, but for the characters that are other ways to write one
    private static char[] Repertoire(SpecificCharacterSet set) => Repertoires.GetOrAdd(set, set =>
        [.. Writable(set).Where(character => set.Decode(Encode(set, character.ToString(), DicomVr.LT), DicomVr.LT)[0] == character)]);

    private static int Aliases(SpecificCharacterSet set) => Writable(set).Count() - Repertoire(set).Length;

    private static IEnumerable<char> Writable(SpecificCharacterSet set) => Enumerable.Range(0, 0x10000)
        .Select(value => (char)value)
        .Where(character => !char.IsSurrogate(character) && set.CanEncode([character], DicomVr.LT));

    private static byte[] Encode(SpecificCharacterSet set, string text, DicomVr vr)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(set.TryEncode(text, vr, output));
        return output.WrittenSpan.ToArray();
    }

    private static SpecificCharacterSet Parse(string terms) => SpecificCharacterSet.Parse(terms.Split('\\'));
}
