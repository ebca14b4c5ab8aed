using System.Buffers;

namespace Gantry.Dicom.Tests.Text;

/// <summary>
/// Bytes typed from the examples of PS3.5 Annexes H to K, and names in the single-byte sets as they stand in the public
/// sample files that all DICOM toolkits test with.
/// </summary>
public sealed class GoldenTextTests
{
    // Value of (0008,0005), VR, the bytes, the text. Each is read, and written to exactly these bytes.
    public static TheoryData<string, string, string, DicomVr, string, string> BothWays => new()
    {
        // PS3.5 H.3.1: ASCII is value 1, JIS X 0208 comes and goes by escape sequences
        {
            "H.3.1", "", "ISO 2022 IR 87", DicomVr.PN,
            "59 61 6D 61 64 61 5E 54 61 72 6F 75 3D 1B 24 42 3B 33 45 44 1B 28 42 5E 1B 24 42 42 40 4F 3A 1B 28 42 3D "
            + "1B 24 42 24 64 24 5E 24 40 1B 28 42 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 42",
            "Yamada^Tarou=山田^太郎=やまだ^たろう"
        },
        // PS3.5 H.3.2: JIS X 0201 is value 1, so the way back is ESC 02/08 04/10
        {
            "H.3.2", "ISO 2022 IR 13", "ISO 2022 IR 87", DicomVr.PN,
            "D4 CF C0 DE 5E C0 DB B3 3D 1B 24 42 3B 33 45 44 1B 28 4A 5E 1B 24 42 42 40 4F 3A 1B 28 4A 3D "
            + "1B 24 42 24 64 24 5E 24 40 1B 28 4A 5E 1B 24 42 24 3F 24 6D 24 26 1B 28 4A",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"
        },
        // PS3.5 I.2: KS X 1001 is designated again after each delimiter, and nothing is written to leave it
        {
            "I.2", "", "ISO 2022 IR 149", DicomVr.PN,
            "48 6F 6E 67 5E 47 69 6C 64 6F 6E 67 3D 1B 24 29 43 FB F3 5E 1B 24 29 43 D1 CE D4 D7 3D "
            + "1B 24 29 43 C8 AB 5E 1B 24 29 43 B1 E6 B5 BF",
            "Hong^Gildong=洪^吉洞=홍^길동"
        },
        { "J.1", "ISO_IR 192", "", DicomVr.PN,
            "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D E7 8E 8B 5E E5 B0 8F E6 9D B1 3D", "Wang^XiaoDong=王^小東=" },
        { "J.3", "GB18030", "", DicomVr.PN,
            "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D CD F5 5E D0 A1 B6 AB 3D", "Wang^XiaoDong=王^小东=" },
        { "J.3 in GBK", "GBK", "", DicomVr.PN,
            "57 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D CD F5 5E D0 A1 B6 AB 3D", "Wang^XiaoDong=王^小东=" },
        {
            "J.4", "GB18030", "", DicomVr.LT,
            "54 68 65 20 66 69 72 73 74 20 6C 69 6E 65 20 69 6E 63 6C 75 64 65 73 D6 D0 CE C4 2E 0D 0A "
            + "54 68 65 20 73 65 63 6F 6E 64 20 6C 69 6E 65 20 69 6E 63 6C 75 64 65 73 D6 D0 CE C4 2C 20 74 6F 6F 2E 0D 0A "
            + "54 68 65 20 74 68 69 72 64 20 6C 69 6E 65 2E 0D 0A",
            "The first line includes中文.\r\nThe second line includes中文, too.\r\nThe third line.\r\n"
        },
        // PS3.5 K.2, with the padding space of the example
        {
            "K.2", "", "ISO 2022 IR 58", DicomVr.PN,
            "5A 68 61 6E 67 5E 58 69 61 6F 44 6F 6E 67 3D 1B 24 29 41 D5 C5 5E 1B 24 29 41 D0 A1 B6 AB 3D 20",
            "Zhang^XiaoDong=张^小东= "
        },
        // PS3.5 K.3: the set ends with the line
        {
            "K.3", "", "ISO 2022 IR 58", DicomVr.LT,
            "31 2E 1B 24 29 41 B5 DA D2 BB D0 D0 CE C4 D7 D6 A1 A3 0D 0A 32 2E 1B 24 29 41 B5 DA B6 FE D0 D0 CE C4 D7 D6 A1 A3 0D 0A "
            + "33 2E 1B 24 29 41 B5 DA C8 FD D0 D0 CE C4 D7 D6 A1 A3 0D 0A",
            "1.第一行文字。\r\n2.第二行文字。\r\n3.第三行文字。\r\n"
        },
        { "French", "ISO_IR 100", "", DicomVr.PN, "42 75 63 5E 4A E9 72 F4 6D 65", "Buc^Jérôme" },
        { "German", "ISO_IR 100", "", DicomVr.PN, "C4 6E 65 61 73 5E 52 FC 64 69 67 65 72", "Äneas^Rüdiger" },
        { "Polish", "ISO_IR 101", "", DicomVr.PN, "57 61 B3 EA 73 61 5E A3 75 63 6A 61", "Wałęsa^Łucja" },
        { "Esperanto", "ISO_IR 109", "", DicomVr.PN, "C6 69 75 FD 61 FE 64 65", "Ĉiuŭaŝde" },
        { "Latvian", "ISO_IR 110", "", DicomVr.PN, "42 EC 72 7A 69 F2 F0 5E 4A E0 6E 69 73", "Bėrziōđ^Jānis" },
        { "Russian", "ISO_IR 144", "", DicomVr.PN, "BB EE DA 63 65 DC D1 79 70 D3", "Люкceмбypг" },
        { "Arabic", "ISO_IR 127", "", DicomVr.PN, "E2 C8 C7 E6 EA 5E E4 E6 D2 C7 D1", "قباني^لنزار" },
        { "Greek", "ISO_IR 126", "", DicomVr.PN, "C4 E9 EF ED F5 F3 E9 EF F2", "Διονυσιος" },
        { "Hebrew", "ISO_IR 138", "", DicomVr.PN, "F9 F8 E5 EF 5E E3 E1 E5 F8 E4", "שרון^דבורה" },
        { "Turkish", "ISO_IR 148", "", DicomVr.PN, "D6 7A 67 FC 72 5E DE 75 6C 65 20 59 FD 6C 64 FD 7A 20 D0", "Özgür^Şule Yıldız Ğ" },
        { "French with its ligature", "ISO_IR 203", "", DicomVr.PN, "43 BD 75 72 5E BE A4", "Cœur^Ÿ€" },
        { "Thai", "ISO_IR 166", "", DicomVr.PN, "CA C1 AA D2 C2 5E E3 A8 B4 D5", "สมชาย^ใจดี" },
        { "Katakana", "ISO_IR 13", "", DicomVr.PN, "D4 CF C0 DE 5E C0 DB B3", "ﾔﾏﾀﾞ^ﾀﾛｳ" },
        // JIS X 0212 has the rarer kanji: 4 bytes of escape sequence, back by 3
        { "Supplementary kanji", "", "ISO 2022 IR 159", DicomVr.PN, "1B 24 28 44 30 21 1B 28 42 5E 41", "丂^A" },
        // Value 1 has a G1 set, so that is brought back before each delimiter and the end
        {
            "Russian among Latin", "ISO 2022 IR 100", "ISO 2022 IR 144", DicomVr.PN,
            "4A E9 72 5E 1B 2D 4C BB EE 1B 2D 41 5E E9", "Jér^Лю^é"
        },
    };

    [Theory]
    [MemberData(nameof(BothWays))]
    public void An_example_reads_as_its_text_and_is_written_to_its_bytes(
        string name, string first, string second, DicomVr vr, string hex, string text)
    {
        Assert.NotEmpty(name);
        var set = SpecificCharacterSet.Parse(first, second);
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(text, set.Decode(bytes, vr));
        Assert.True(set.IsValid(bytes, vr));
        var output = new ArrayBufferWriter<byte>();
        Assert.True(set.TryEncode(text, vr, output));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(output.WrittenSpan));
    }

    // PS3.5 I.3 designates KS X 1001 at the start of each line; ours is written where the first hangul comes. Both are right
    [Fact]
    public void I_3_reads_with_its_designations_at_the_start_of_lines()
    {
        var korean = SpecificCharacterSet.Parse("", "ISO 2022 IR 149");
        byte[] bytes =
        [
            0x1B, 0x24, 0x29, 0x43, .. "The first line includes "u8, 0xC7, 0xD1, 0xB1, 0xDB, .. ".\r\n"u8,
            0x1B, 0x24, 0x29, 0x43, .. "The second line includes "u8, 0xC7, 0xD1, 0xB1, 0xDB, .. ", too.\r\n"u8,
            .. "The third line"u8,
        ];

        Assert.Equal(
            "The first line includes 한글.\r\nThe second line includes 한글, too.\r\nThe third line",
            korean.Decode(bytes, DicomVr.LT));
        Assert.True(korean.IsValid(bytes, DicomVr.LT));
    }

    // PS3.5 2015c K.3-1 returned to ASCII by ESC 02/08 04/02 although it never left G0; such files exist
    [Fact]
    public void K_3_of_older_editions_reads_with_its_needless_escape_sequences()
    {
        var chinese = SpecificCharacterSet.Parse("", "ISO 2022 IR 58");

        Assert.Equal("1.第\r\n", chinese.Decode(
            [0x31, 0x2E, 0x1B, 0x24, 0x29, 0x41, 0xB5, 0xDA, 0x1B, 0x28, 0x42, 0x0D, 0x0A], DicomVr.LT));
    }
}
