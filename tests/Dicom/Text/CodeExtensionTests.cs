using System.Buffers;

namespace Gantry.Dicom.Tests.Text;

public sealed class CodeExtensionTests
{
    private static readonly SpecificCharacterSet Japanese = SpecificCharacterSet.Parse("", "ISO 2022 IR 87");
    private static readonly SpecificCharacterSet Katakana = SpecificCharacterSet.Parse("ISO_IR 13");
    private static readonly SpecificCharacterSet Korean = SpecificCharacterSet.Parse("", "ISO 2022 IR 149");

    [Theory]
    [InlineData(DicomVr.PN, 0x5E, true)]
    [InlineData(DicomVr.PN, 0x3D, true)]
    [InlineData(DicomVr.PN, 0x5C, true)]
    [InlineData(DicomVr.LO, 0x5C, true)]
    [InlineData(DicomVr.SH, 0x5C, true)]
    [InlineData(DicomVr.UC, 0x5C, true)]
    [InlineData(DicomVr.LO, 0x5E, false)]
    [InlineData(DicomVr.LO, 0x3D, false)]
    [InlineData(DicomVr.LT, 0x5C, false)]
    [InlineData(DicomVr.ST, 0x5C, false)]
    [InlineData(DicomVr.UT, 0x5C, false)]
    [InlineData(DicomVr.LT, 0x0D, true)]
    [InlineData(DicomVr.LT, 0x0A, true)]
    [InlineData(DicomVr.LT, 0x0C, true)]
    [InlineData(DicomVr.LT, 0x09, true)]
    [InlineData(DicomVr.LT, 0x20, false)]
    public void The_initial_state_is_back_after_the_delimiters_of_the_vr_alone(DicomVr vr, byte delimiter, bool resets)
    {
        var latinAndCyrillic = SpecificCharacterSet.Parse("ISO 2022 IR 100", "ISO 2022 IR 144");

        // 0xE9 is a Latin e with acute, or a Cyrillic shcha while ISO-IR 144 is designated
        var text = latinAndCyrillic.Decode([0x1B, 0x2D, 0x4C, 0xE9, delimiter, 0xE9], vr);

        Assert.Equal($"щ{(char)delimiter}{(resets ? 'é' : 'щ')}", text);
    }

    [Fact]
    public void Delimiter_bytes_inside_a_two_byte_character_are_no_delimiters()
    {
        // 25/5C, 3D/5E and 5E/3D are all kanji or kana
        byte[] bytes = [0x1B, 0x24, 0x42, 0x25, 0x5C, 0x3D, 0x5E, 0x5E, 0x3D, 0x1B, 0x28, 0x42];

        Assert.Equal("ボ殉渊", Japanese.Decode(bytes, DicomVr.PN));
        Assert.Equal(bytes.Length, Japanese.FirstValueLength(bytes, DicomVr.PN));
    }

    [Fact]
    public void A_delimiter_is_seen_although_the_way_back_to_ascii_was_forgotten()
    {
        byte[] bytes = [0x1B, 0x24, 0x42, 0x3B, 0x33, 0x45, 0x44, 0x5E, 0x1B, 0x24, 0x42, 0x42, 0x40, 0x4F, 0x3A];

        Assert.Equal("山田^太郎", Japanese.Decode(bytes, DicomVr.PN));
        Assert.False(Japanese.IsValid(bytes, DicomVr.PN));
    }

    [Fact]
    public void Escape_sequences_are_read_where_nothing_declares_them()
    {
        byte[] bytes = [0x1B, 0x24, 0x29, 0x43, 0xC8, 0xAB];

        Assert.Equal("홍", SpecificCharacterSet.Default.Decode(bytes, DicomVr.PN));
        Assert.False(SpecificCharacterSet.Default.IsValid(bytes, DicomVr.PN));
    }

    [Fact]
    public void Korean_without_its_escape_sequence_is_read_but_not_valid()
    {
        byte[] bytes = [0xC8, 0xAB, 0x5E, 0xB1, 0xE6, 0xB5, 0xBF];

        Assert.Equal("홍^길동", Korean.Decode(bytes, DicomVr.PN));
        Assert.False(Korean.IsValid(bytes, DicomVr.PN));
    }

    [Fact]
    public void Syllables_that_only_windows_has_are_read_and_never_written()
    {
        // 똠 is 0x8C63 in Unified Hangul Code and not in KS X 1001
        Assert.Equal("똠^A", Korean.Decode([0x1B, 0x24, 0x29, 0x43, 0x8C, 0x63, 0x5E, 0x41], DicomVr.PN));
        Assert.False(Korean.CanEncode("똠"));
    }

    [Fact]
    public void Nec_rows_are_read_and_never_written()
    {
        Assert.Equal("①", Japanese.Decode([0x1B, 0x24, 0x42, 0x2D, 0x21, 0x1B, 0x28, 0x42], DicomVr.LO));
        Assert.False(Japanese.CanEncode("①"));
    }

    [Theory]
    [InlineData('\u301C', '\uFF5E', "2141")]
    [InlineData('\u2016', '\u2225', "2142")]
    [InlineData('\u2212', '\uFF0D', "215D")]
    [InlineData('\u2015', '\u2014', "213D")]
    public void Japanese_punctuation_is_read_by_the_standard_and_written_from_windows_characters_too(
        char standard, char windows, string code)
    {
        Assert.Equal($"1B2442{code}1B2842", Hex(Japanese, standard.ToString(), DicomVr.LO));
        Assert.Equal($"1B2442{code}1B2842", Hex(Japanese, windows.ToString(), DicomVr.LO));
        Assert.Equal(standard.ToString(), Japanese.Decode(Convert.FromHexString($"1B2442{code}1B2842"), DicomVr.LO));
    }

    [Fact]
    public void In_jis_x_0201_backslash_is_a_yen_sign_and_tilde_an_overline_but_for_the_delimiter_between_values()
    {
        Assert.Equal("¥‾", Katakana.Decode(@"\~"u8, DicomVr.LT));
        Assert.Equal(@"A\B", Katakana.Decode(@"A\B"u8, DicomVr.LO));
        Assert.Equal("5C7E", Hex(Katakana, "¥‾", DicomVr.ST));

        Assert.False(Katakana.CanEncode("¥")); // it would part values
        Assert.False(Katakana.CanEncode(@"C:\", DicomVr.LT));
        Assert.False(Katakana.CanEncode("~"));
        Assert.Equal(@"\~", Katakana.Decode(@"\~"u8, DicomVr.UR)); // a VR that no character set changes
    }

    [Fact]
    public void In_korean_a_backslash_stays_a_backslash()
    {
        Assert.Equal(@"C:\한", Korean.Decode([0x43, 0x3A, 0x5C, 0x1B, 0x24, 0x29, 0x43, 0xC7, 0xD1], DicomVr.LT));
    }

    [Theory]
    [InlineData("ISO_IR 100", "山")]
    [InlineData("ISO_IR 100", "€")]
    [InlineData("ISO_IR 144", "é")]
    [InlineData("GBK", "😀")]
    [InlineData("ISO_IR 6", "é")]
    [InlineData("ISO_IR 6", "a\x1B(B")]
    [InlineData("ISO_IR 192", "a\x1B(B")]
    [InlineData("GB18030", "a\x1B(B")]
    public void What_a_set_cannot_hold_is_refused_and_nothing_written(string term, string text)
    {
        var set = SpecificCharacterSet.Parse(term);
        var output = new ArrayBufferWriter<byte>();

        Assert.False(set.CanEncode(text));
        Assert.False(set.TryEncode(text, DicomVr.LO, output));
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_character_in_any_set()
    {
        foreach (var term in (string[])["", "ISO_IR 192", "GB18030", "GBK"])
            Assert.False(SpecificCharacterSet.Parse(term).CanEncode("\uD800"));
    }

    [Theory]
    [InlineData(DicomVr.CS)]
    [InlineData(DicomVr.UI)]
    [InlineData(DicomVr.DA)]
    [InlineData(DicomVr.AE)]
    public void Vrs_that_the_character_set_does_not_change_are_ascii(DicomVr vr)
    {
        Assert.Equal("A\uFFFD\uFFFD", SpecificCharacterSet.Utf8.Decode([0x41, 0xC3, 0xA9], vr));
        Assert.False(SpecificCharacterSet.Utf8.TryEncode("é", vr, new ArrayBufferWriter<byte>()));
        Assert.False(SpecificCharacterSet.Utf8.TryEncodeUtf8("é"u8, vr, new byte[9], out _));
    }

    private static string Hex(SpecificCharacterSet set, string text, DicomVr vr)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(set.TryEncode(text, vr, output));
        return Convert.ToHexString(output.WrittenSpan);
    }
}
