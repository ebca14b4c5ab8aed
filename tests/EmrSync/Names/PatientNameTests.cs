using Gantry.EmrSync.Names;

namespace Gantry.EmrSync.Tests.Names;

/// <summary>Which groups a name goes into, whose spelling wins, and what is told about it.</summary>
public sealed class PatientNameTests
{
    private static readonly PatientNames Names = new(new NameOptions());

    [Theory]
    [InlineData("홍길동", "CT", "홍^길동", "HONG^GILDONG")]
    [InlineData("홍길동", "US", "HONG^GILDONG==홍^길동", "")]
    [InlineData("홍길동(洪吉童)", "CT", "홍^길동=洪^吉童", "HONG^GILDONG")]
    [InlineData("홍길동(洪吉童)", "us ", "HONG^GILDONG=洪^吉童=홍^길동", "")]
    [InlineData("洪吉童(홍길동)", "US", "HONG^GILDONG=洪^吉童=홍^길동", "")]
    [InlineData("남궁민수 南宮民秀", "US", "NAMGUNG^MINSU=南宮^民秀=남궁^민수", "")]
    [InlineData("HONG^GILDONG=洪^吉洞=홍^길동", "CT", "HONG^GILDONG=洪^吉洞=홍^길동", "")]
    [InlineData("=洪^吉洞=홍^길동", "US", "HONG^GILDONG=洪^吉洞=홍^길동", "")]
    [InlineData("洪^吉洞==홍^길동", "CT", "洪^吉洞=洪^吉洞=홍^길동", "HONG^GILDONG")]
    [InlineData("HONG GILDONG(홍길동)", "CT", "HONG^GILDONG==홍^길동", "")]
    [InlineData("山田太郎(ヤマダ タロウ)", "CT", "山田太郎=山田太郎=ヤマダ タロウ", "YAMADA TAROU")]
    [InlineData("山田 太郎(ヤマダ タロウ)", "US", "YAMADA^TAROU=山田^太郎=ヤマダ^タロウ", "")]
    [InlineData("やまだ たろう", "US", "YAMADA^TAROU==やまだ^たろう", "")]
    [InlineData("王小东", "US", "王小东=王小东", "")]
    [InlineData("Иванов Иван", "US", "Иванов^Иван", "Ivanov^Ivan")]
    [InlineData("SMITH^JOHN", "US", "SMITH^JOHN", "")]
    [InlineData("SMITH JOHN", "CT", "SMITH^JOHN", "")]
    [InlineData("Smith, John Paul", "CT", "Smith^John Paul", "")]
    [InlineData("김철수2", "US", "KIM^CHEOLSU 2==김^철수2", "")]
    [InlineData("김영희아기", "US", "KIM^YEONGHUI BABY==김^영희 아기", "")]
    [InlineData("山田 太郎(ヤマダ タロウ)", "CT", "山田^太郎=山田^太郎=ヤマダ^タロウ", "YAMADA^TAROU")]
    [InlineData("신생아2", "US", "NEWBORN 2==신생아2", "")]
    public void Each_script_goes_to_its_group(string name, string modality, string groups, string romanized)
    {
        var mapped = Names.Map(name, modality: modality);
        Assert.Equal((groups, romanized), (mapped.ToString(), mapped.Romanized));
    }

    [Theory]
    [InlineData("Hong Gildong", "Hong^Gildong")]
    [InlineData("HONG^KIL DONG", "HONG^KIL DONG")]
    [InlineData("Hong, Gil-dong", "Hong^Gil-dong")]
    [InlineData("Gildong Hong", "Hong^Gildong")]
    [InlineData("GIL DONG HONG", "HONG^GIL DONG")]
    [InlineData("KILTONG", "KILTONG")]
    [InlineData("ＨＯＮＧ　ＧＩＬＤＯＮＧ", "HONG^GILDONG")]
    [InlineData("Höng Gildong", "Hoeng^Gildong")]
    [InlineData("홍길동", "HONG^GILDONG", true)]
    [InlineData("洪吉童", "HONG^GILDONG", true)]
    [InlineData("-", "HONG^GILDONG", true)]
    [InlineData("  ", "HONG^GILDONG")]
    [InlineData("HONG GILDONGGILDONGGILDONGGILDONGGILDONGGILDONGGILDONGGILDONGGILDONGGILDONG", "HONG^GILDONG", true)]
    public void The_English_name_of_the_EMR_wins_if_it_is_one(string english, string expected, bool isRefused = false)
    {
        var mapped = Names.Map("홍길동", english, "CT");
        Assert.Equal(expected, mapped.Romanized);
        Assert.Equal(isRefused, mapped.Warnings.Contains(NameWarning.EnglishRefused));
        Assert.Equal($"{expected}==홍^길동", Names.Map("홍길동", english, "US").ToString());
    }

    [Fact]
    public void An_order_gets_the_forms_of_its_columns_and_is_written_anew_when_a_setting_changes()
    {
        Assert.Equal(new PatientNameForms("홍^길동", Romanized: "Hong^Gildong"), Names.Write("홍길동", "Hong Gildong", "CT"));
        Assert.Equal(new PatientNameForms("HONG^GILDONG", "洪^吉童", "홍^길동"), Names.Write("홍길동(洪吉童)", "", "US"));
        Assert.Equal(new PatientNameForms(""), Names.Write("", "", "US"));
        NameOptions[] settings =
        [
            new(), new() { Style = RomanizationStyle.Revised }, new() { GivenName = GivenNameForm.Space }, new() { KeepHangul = false },
            new() { WordOrder = WordOrder.AsWritten }, new() { RomanizedModalities = ["*"] }, new() { Overrides = [new() { Modalities = ["XA"] }] },
            new() { Overrides = [new() { Modalities = ["XA"], Style = RomanizationStyle.Revised }] },
        ];
        Assert.Equal(settings.Length, settings.Select(options => new PatientNames(options).Fingerprint).Distinct().Count());
        Assert.Equal(Names.Fingerprint, new PatientNames(new NameOptions()).Fingerprint);
    }

    [Fact]
    public void A_style_may_be_a_modality_s_own()
    {
        var names = new PatientNames(new NameOptions
        {
            Style = RomanizationStyle.Revised, RomanizedModalities = ["*"], KeepHangul = false,
            Overrides = [new() { Modalities = ["US", "XA"], Style = RomanizationStyle.McCuneReischauer }, new() { Modalities = ["MR"], GivenName = GivenNameForm.Space }],
        });
        Assert.Equal("GIM^BAKDONG", names.Map("김박동", modality: "CT").ToString());
        Assert.Equal("KIM^PAKTONG", names.Map("김박동", modality: "XA").ToString());
        Assert.Equal("GIM^BAK DONG", names.Map("김박동", modality: "MR").ToString());
        Assert.Equal("GIM^BAK DONG", names.InLatin("김박동", "MR"));
    }

    [Fact]
    public void Nobody_gets_Latin_letters_in_the_first_group_where_no_modality_is_named()
    {
        var names = new PatientNames(new NameOptions { RomanizedModalities = ["NONE"] });
        Assert.Equal("홍^길동", names.Map("홍길동", modality: "US").ToString());
        Assert.Equal("홍^길동", names.Map("홍길동").ToString());
    }

    [Theory]
    [InlineData(WordOrder.FamilyFirst, "SMITH^JOHN PAUL")]
    [InlineData(WordOrder.FamilyLast, "PAUL^SMITH JOHN")]
    [InlineData(WordOrder.AsWritten, "SMITH JOHN PAUL")]
    public void Words_are_read_in_the_order_that_is_set(WordOrder order, string expected) =>
        Assert.Equal(expected, new PatientNames(new NameOptions { WordOrder = order }).Map("SMITH JOHN PAUL").Name);

    [Theory]
    [InlineData("", NameWarning.Empty)]
    [InlineData(" \t\u3000^=^ ", NameWarning.Empty)]
    [InlineData("김철수\n", NameWarning.CharactersReplaced)]
    [InlineData("김\\철수", NameWarning.CharactersReplaced)]
    [InlineData("김철수\ud800", NameWarning.CharactersReplaced)]
    [InlineData("王小东", NameWarning.NoLatinSpelling)]
    [InlineData("Иван", NameWarning.Transliterated)]
    [InlineData("응우옌티란", NameWarning.NoFamilyName)]
    [InlineData("선우진", NameWarning.AmbiguousFamilyName)]
    [InlineData("황보람", NameWarning.AmbiguousFamilyName)]
    [InlineData("신생아", NameWarning.NotAName)]
    [InlineData("김철수님", NameWarning.TitleLeftOut)]
    public void What_was_done_to_a_name_is_told_without_the_name(string name, NameWarning warning)
    {
        Assert.Contains(warning, Names.Map(name).Warnings);
        Assert.EndsWith(".", warning.Sentence(), StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<NameWarning>().Length, Enum.GetValues<NameWarning>().Select(NameWarnings.Sentence).Distinct().Count());
    }

    [Fact]
    public void An_ordinary_name_warns_of_nothing() => Assert.All(
        ["홍길동", "SMITH^JOHN", "남궁민수", "홍길동(洪吉童)", "MÜLLER^ÄNNE"], name => Assert.Empty(Names.Map(name).Warnings));

    [Fact]
    public void An_English_name_stands_in_for_an_empty_one() => Assert.Equal("HONG^GILDONG", Names.Map(" ", "HONG GILDONG").ToString());

    [Fact]
    public void A_long_name_is_cut_behind_a_syllable_and_never_inside_a_character()
    {
        var romanized = Names.Map("김^" + new string('쌍', 30)).Romanized; // SSANG, five letters each
        Assert.Equal("KIM^" + string.Concat(Enumerable.Repeat("SSANG", 12)), romanized);
        var wide = Names.Map("A^" + string.Concat(Enumerable.Repeat("😀", 70)));
        Assert.Equal("A^" + string.Concat(Enumerable.Repeat("😀", 62)), wide.Name);
        Assert.Contains(NameWarning.Cut, wide.Warnings);
        // A letter and its mark stay together: 63 letters, and no room for the pair
        Assert.Equal(new string('x', 63), Names.Map(new string('x', 63) + "q\u0302").Name);
    }

    [Fact]
    public void More_than_five_components_are_kept_in_the_fifth() =>
        Assert.Equal("A^B^C^D^E F", Names.Map("A^B^C^D^E^F").Name);
}
