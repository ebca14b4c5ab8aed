using Gantry.EmrSync.Names;

namespace Gantry.EmrSync.Tests.Names;

/// <summary>Names as EMRs write them, with what is expected of each.</summary>
public sealed class GoldenNameTests
{
    private static readonly PatientNames Names = new(new NameOptions());

    [Fact]
    public void Names_as_EMRs_write_them_become_components_and_Latin_letters()
    {
        var rows = GoldenTable.Read("golden-names.txt");
        Assert.True(rows.Count >= 200, $"{rows.Count} names");
        Assert.All(rows, row =>
        {
            var name = Names.Map(row[0], modality: "CT");
            Assert.Equal((row[0], row[1], row[2]), (row[0], name.Name, name.Romanized));
        });
    }

    [Fact]
    public void Family_names_are_spelled_by_each_system()
    {
        var rows = GoldenTable.Read("golden-families.txt");
        Assert.True(rows.Count >= 100, $"{rows.Count} family names");
        RomanizationStyle[] styles = [RomanizationStyle.Conventional, RomanizationStyle.Revised, RomanizationStyle.McCuneReischauer];
        var ofStyle = styles.Select(style => new PatientNames(new NameOptions { Style = style })).ToList();
        Assert.All(rows, row => Assert.Equal(string.Join("|", row), string.Join("|", ofStyle.Select(names => names.InLatin(row[0] + "^")).Prepend(row[0]))));
        Assert.All(rows, row => Assert.Contains(row[0], FamilyNames.WithSpelling));
    }

    [Theory]
    [InlineData("홍길동", "HONG^KILTONG")]
    [InlineData("김영남", "KIM^YONGNAM")]
    [InlineData("박지만", "PAK^CHIMAN")]
    [InlineData("이박문", "YI^PANGMUN")]
    [InlineData("백낙준", "PAEK^NAKCHUN")]
    [InlineData("최규하", "CHOE^KYUHA")]
    [InlineData("정진숙", "CHONG^CHINSUK")]
    [InlineData("신달래", "SIN^TALLAE")]
    [InlineData("조석란", "CHO^SONGNAN")]
    [InlineData("윤갑분", "YUN^KAPPUN")]
    [InlineData("장꽃비", "CHANG^KKOPPI")]
    [InlineData("한쉬리", "HAN^SHWIRI")]
    public void McCune_Reischauer_writes_the_changes_of_sound(string name, string latin) =>
        Assert.Equal(latin, new PatientNames(new NameOptions { Style = RomanizationStyle.McCuneReischauer }).InLatin(name));

    [Theory]
    [InlineData(GivenNameForm.Joined, "홍길동", "HONG^GILDONG")]
    [InlineData(GivenNameForm.Hyphen, "홍길동", "HONG^GIL-DONG")]
    [InlineData(GivenNameForm.Space, "홍길동", "HONG^GIL DONG")]
    [InlineData(GivenNameForm.Hyphen, "남궁산", "NAMGUNG^SAN")]
    [InlineData(GivenNameForm.Hyphen, "김하늘빛", "KIM^HA-NEUL-BIT")]
    [InlineData(GivenNameForm.Space, "김영희아기", "KIM^YEONG HUI BABY")]
    [InlineData(GivenNameForm.Hyphen, "응우옌티란", "EUNGUYENTIRAN")]
    public void Syllables_of_a_given_name_are_joined_as_set(GivenNameForm form, string name, string latin) =>
        Assert.Equal(latin, new PatientNames(new NameOptions { GivenName = form }).InLatin(name));

    [Theory]
    [InlineData("흉부 촬영", "HYUNGBU CHWARYEONG")]
    [InlineData("신라 독립문 종로", "SILLA DONGNIMMUN JONGNO")]
    [InlineData("복부 CT (조영제)", "BOKBU CT (JOYEONGJE)")]
    [InlineData("놓다 좋은 닭이", "NOTA JOEUN DALGI")]
    [InlineData("Größe Ⅱ 胸部 ×2", "Groesse   2")]
    [InlineData("ｱﾊﾞﾀｰ", "ABATA")]
    public void Text_that_is_no_name_is_spelled_as_it_sounds(string text, string latin) => Assert.Equal(latin, LatinText.ToAscii(text));
}
