using System.Text;
using Gantry.Dicom;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 9: text goes in and out in the sets that peers can take, and says truly which (PS3.5 6.1.2).</summary>
public sealed class Mwl09_CharacterSetTests
{
    private static readonly WorklistItem[] People =
    [
        Orders.Order("ASCII", time: "080000"),
        Orders.Order("LATIN", time: "090000", name: "MÜLLER^ÄNNE"),
        Orders.Order("HANGUL", time: "100000", name: "홍^길동"),
        Orders.Order("GROUPS", time: "110000", name: "HONG^GILDONG") with
        {
            PatientNameIdeographic = "洪^吉洞",
            PatientNamePhonetic = "홍^길동",
        },
        Orders.Order("KANA", time: "120000", name: "YAMADA^TAROU") with
        {
            PatientNameIdeographic = "山田^太郎",
            PatientNamePhonetic = "やまだ^たろう",
        },
        Orders.Order("HAN", time: "130000", name: "王^小东"),
        Orders.Order("CYRILLIC", time: "140000", name: "Люкcембург^Иван"),
    ];

    [Theory]
    [InlineData("ISO_IR 100", "MÜLLER^*", "LATIN")]
    [InlineData("ISO_IR 192", "müller*", "LATIN")]
    [InlineData("\\ISO 2022 IR 149", "홍^길동", "HANGUL GROUPS")]
    [InlineData("\\ISO 2022 IR 149", "홍*", "HANGUL GROUPS")]
    [InlineData("\\ISO 2022 IR 149", "*길동", "HANGUL GROUPS")]
    [InlineData("\\ISO 2022 IR 149", "=洪*", "GROUPS")]
    [InlineData("\\ISO 2022 IR 149", "HONG^GILDONG=洪^吉洞=홍^길동", "GROUPS")]
    [InlineData("ISO_IR 192", "홍?길동", "HANGUL GROUPS")]
    [InlineData("\\ISO 2022 IR 87", "=山田*", "KANA")]
    [InlineData("\\ISO 2022 IR 87", "山田^太郎", "KANA")]
    [InlineData("GB18030", "王^小东", "HAN")]
    [InlineData("ISO_IR 144", "Люк*", "CYRILLIC")]
    public async Task A_key_is_read_in_the_set_that_the_request_names(string terms, string key, string found)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(People);
        var identifier = new DicomDataset().Set(DicomTags.SpecificCharacterSet, terms).Set(DicomTags.PatientName, key);
        Assert.Equal(found, string.Join(' ', await scp.AccessionsAsync(identifier)));
    }

    [Fact]
    public async Task A_key_without_a_named_set_is_read_in_the_set_of_the_peer_else_as_UTF8_else_as_Latin_1()
    {
        await using var korean = await Scp.StartAsync(new PeerOptions { FallbackCharacterSet = "\\ISO 2022 IR 149" });
        await korean.AddAsync(People);
        Assert.Equal(["HANGUL", "GROUPS"], await FindRawNameAsync(korean, [0x1B, 0x24, 0x29, 0x43, 0xC8, 0xAB, (byte)'*', (byte)' ']));
        await using var anyone = await Scp.StartAsync();
        await anyone.AddAsync(People);
        Assert.Equal(["HANGUL", "GROUPS"], await FindRawNameAsync(anyone, Encoding.UTF8.GetBytes("홍*")));
        Assert.Equal(["LATIN"], await FindRawNameAsync(anyone, Encoding.Latin1.GetBytes("MÜLLER*")));
    }

    [Fact]
    public async Task An_unknown_set_in_the_request_does_not_keep_ASCII_keys_from_matching()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(People);
        var identifier = new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 999").Set(DicomTags.PatientName, "SMITH*");
        Assert.Equal(["ASCII"], await scp.AccessionsAsync(identifier));
    }

    [Theory]
    [InlineData("ISO_IR 192", true)]
    [InlineData("GB18030", true)]
    [InlineData("GBK", false)]
    [InlineData("ISO_IR 100", false)]
    [InlineData("ISO_IR 144", false)]
    [InlineData("\\ISO 2022 IR 149", false)]
    [InlineData("ISO 2022 IR 6\\ISO 2022 IR 87\\ISO 2022 IR 159", false)]
    [InlineData("ISO_IR 13\\ISO 2022 IR 87", false)]
    [InlineData("ISO_IR 6", false)]
    [InlineData("ISO_IR 100 ISO_IR 144 \\ISO 2022 IR 149", false)]
    public async Task Every_answer_names_the_set_of_its_bytes_and_no_name_has_a_question_mark(string sets, bool hasAll)
    {
        var offered = sets.StartsWith("ISO_IR 100 ISO", StringComparison.Ordinal)
            ? ["ISO_IR 100", "ISO_IR 144", "\\ISO 2022 IR 149"] : (string[])[sets];
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = offered });
        await scp.AddAsync(People);
        var found = await scp.FindAsync(Orders.Ask((DicomTags.AccessionNumber, ""), (DicomTags.PatientName, "")));

        Assert.Equal(People.Length, found.Succeeded().Count);
        foreach (var (answer, order) in found.Answers.Zip(People))
        {
            var bytes = answer.GetBytes(DicomTags.PatientName).Span;
            var named = SpecificCharacterSet.Parse([.. answer.GetStrings(DicomTags.SpecificCharacterSet)]);
            Assert.Contains(named, offered.Select(terms => SpecificCharacterSet.Parse([.. terms.Split('\\')])).Append(SpecificCharacterSet.Default));
            if (!bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~')) Assert.DoesNotContain((byte)0x1B, bytes.ToArray());
            else Assert.NotEqual(SpecificCharacterSet.Default, named);
            var name = answer.GetString(DicomTags.PatientName)!;
            Assert.DoesNotContain('?', name);
            Assert.DoesNotContain('\uFFFD', name);
            var alphabetic = name.Split('=')[0];
            if (hasAll || Ascii.IsValid(order.PatientName!)) Assert.Equal(order.PatientName, alphabetic);
            Assert.NotEmpty(alphabetic);
        }
    }

    [Fact]
    public async Task A_second_term_keeps_its_place_behind_an_empty_first_one()
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = ["\\ISO 2022 IR 149"] });
        await scp.AddAsync(People[2]);
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded());
        Assert.Equal("\\ISO 2022 IR 149", Encoding.ASCII.GetString(answer.GetBytes(DicomTags.SpecificCharacterSet).Span).Trim());
        // PS3.5 Annex I: the escape sequence of KS X 1001 stands before the characters, and again after '^'
        Assert.Equal(
            [0x1B, 0x24, 0x29, 0x43, 0xC8, 0xAB, (byte)'^', 0x1B, 0x24, 0x29, 0x43, 0xB1, 0xE6, 0xB5, 0xBF],
            answer.GetBytes(DicomTags.PatientName).ToArray().AsSpan().TrimEnd((byte)' ').ToArray());
    }

    [Theory]
    [InlineData("HANGUL", "HONG^GILDONG")]
    [InlineData("GROUPS", "HONG^GILDONG")]
    [InlineData("LATIN", "MÜLLER^ÄNNE")]
    [InlineData("CYRILLIC", "Lyukcemburg^Ivan")]
    [InlineData("HAN", "P-HAN")]                       // nothing to spell it with: the patient's id, never question marks
    public async Task A_name_that_a_Latin_peer_cannot_take_goes_out_romanized(string accession, string name)
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = ["ISO_IR 100"] });
        await scp.AddAsync(People);
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask(
            (DicomTags.AccessionNumber, accession), (DicomTags.PatientName, "")))).Succeeded());
        Assert.Equal(name, answer.GetString(DicomTags.PatientName));
    }

    [Fact]
    public async Task An_id_that_a_peer_cannot_take_is_never_spelled_otherwise_and_the_order_is_left_out_for_it()
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = ["ISO_IR 100"] });
        await scp.AddAsync(People[0], Orders.Order("HANGULID") with { PatientId = "환자1" });
        var found = await scp.FindAsync(Orders.Ask((DicomTags.AccessionNumber, ""), (DicomTags.PatientID, "")));
        found.Succeeded();
        Assert.Equal(["ASCII"], found.Accessions);
        await scp.Inspection.WriteNotesAsync(default);
        Assert.Equal(1, await scp.Inspection.InspectAsync(default)); // which looks with this peer's eyes too
        var aside = Assert.Single(await scp.Store.SetAsideItemsAsync(10, default));
        Assert.Equal("patient_id has characters that the character sets of a modality lack. Use ASCII, or set Peers:n:CharacterSets.", aside.Reason);
    }

    [Fact]
    public async Task A_peer_that_wants_romanized_names_gets_them_from_the_EMR_and_else_from_us()
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { Romanize = true });
        await scp.AddAsync(Orders.Order("OWN", time: "080000", name: "홍^길동") with { PatientNameRomanized = "HONG^GIL DONG" },
            Orders.Order("OURS", time: "090000", name: "홍^길동"));
        var names = (await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded()
            .Select(answer => answer.GetString(DicomTags.PatientName)!.Split('=')[0]);
        Assert.Equal(["HONG^GIL DONG", "HONG^GILDONG"], names);
    }

    // Rows as sqlite3 and REST write them: no delimiters, no groups, no spelling
    [Theory]
    [InlineData("ISO_IR 192", "이영희", "이영희", "ISO_IR 192")]
    [InlineData("\\ISO 2022 IR 149", "이영희", "이영희", "\\ISO 2022 IR 149")]
    [InlineData("ISO_IR 100", "이영희", "LEE^YEONGHUI", "")]
    [InlineData("ISO_IR 6", "이영희", "LEE^YEONGHUI", "")]
    [InlineData("ISO_IR 6", "황보관수", "HWANGBO^GWANSU", "")]
    [InlineData("ISO_IR 6", "김영희아기 2", "KIM^YEONGHUI BABY 2", "")]
    public async Task A_Korean_order_is_answered_in_what_the_peer_can_take(string set, string name, string expected, string named)
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = [set] });
        await scp.AddAsync(Orders.Order("KOREAN", name: name));
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded());
        Assert.Equal(expected, answer.GetString(DicomTags.PatientName));
        Assert.Equal(named, string.Join('\\', answer.GetStrings(DicomTags.SpecificCharacterSet)));
    }

    // A row as the EMR's sync writes it for ultrasound
    [Theory]
    [InlineData("ISO_IR 192", "LEE^YEONGHUI==이^영희")]
    [InlineData("\\ISO 2022 IR 149", "LEE^YEONGHUI==이^영희")]
    [InlineData("ISO_IR 100", "LEE^YEONGHUI")]
    [InlineData("ISO_IR 6", "LEE^YEONGHUI")]
    public async Task Hangul_in_the_phonetic_group_goes_to_the_peers_that_can_take_it(string set, string expected)
    {
        await using var scp = await Scp.StartAsync(new PeerOptions { CharacterSets = [set] });
        var name = new PatientNames(new NameOptions()).Map("이영희", modality: "US");
        await scp.AddAsync(Orders.Order("KOREAN", name: name.Name) with
        {
            PatientNameIdeographic = name.Ideographic, PatientNamePhonetic = name.Phonetic, PatientNameRomanized = name.Romanized,
        });
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded());
        Assert.Equal(expected, answer.GetString(DicomTags.PatientName));
    }

    [Fact]
    public async Task The_style_of_the_settings_is_that_of_the_answers_too()
    {
        await using var scp = await Scp.StartAsync(new SidecarSettings
        {
            Peers = [new PeerOptions { CharacterSets = ["ISO_IR 6"] }],
            EmrSync = new() { Names = new() { Overrides = [new() { Modalities = ["MG"], Style = RomanizationStyle.Revised, GivenName = GivenNameForm.Hyphen }] } },
        });
        await scp.AddAsync(Orders.Order("MG", time: "080000", name: "이영희") with { Modality = "MG" },
            Orders.Order("CT", time: "090000", name: "이영희") with { Modality = "CT" });
        var names = (await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded().Select(answer => answer.GetString(DicomTags.PatientName));
        Assert.Equal(["I^YEONG-HUI", "LEE^YEONGHUI"], names);
    }

    [Fact]
    public async Task Plain_ASCII_needs_no_set_but_names_one_when_asked()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(People[0]);
        var plain = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.PatientName, "")))).Succeeded());
        Assert.False(plain.Contains(DicomTags.SpecificCharacterSet));
        var asked = new DicomDataset().Set(DicomTags.SpecificCharacterSet).Set(DicomTags.PatientName);
        Assert.Equal("ISO_IR 192", Assert.Single((await scp.FindAsync(asked)).Succeeded()).GetString(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public async Task A_set_that_had_to_be_guessed_is_not_one_that_was_asked_for()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(People[0]);
        var identifier = new DicomDataset().Set(DicomTags.PatientName).SetBytes(DicomTags.EthnicGroup, DicomVr.SH, new byte[] { 0xC4 });
        Assert.False(Assert.Single((await scp.FindAsync(identifier)).Succeeded()).Contains(DicomTags.SpecificCharacterSet));
    }

    private static async Task<IReadOnlyList<string?>> FindRawNameAsync(Scp scp, byte[] name) =>
        await scp.AccessionsAsync(new DicomDataset().SetBytes(DicomTags.PatientName, DicomVr.PN, name));
}
