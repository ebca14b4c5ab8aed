using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gantry.EmrSync.Names;

namespace Gantry.EmrSync.Tests.Names;

/// <summary>Whatever text an EMR holds: the name is legal, the same each time, and settled.</summary>
public sealed class ArbitraryNameTests
{
    private static readonly string[] Pieces =
    [
        "김", "이", "황보", "선우", "철수", "영희", "아기", "신생아", "님", "씨", "환자", "길", "동", "洪", "吉童", "ヤマダ", "ﾀﾞ", "ー", "A", "HONG", "GILDONG", "KIM", "TEST", "2",
        " ", " ", "^", "^", "=", "(", ")", ",", "\\", "\n", "\0", "\u001b", "\u200e", "＾", "＝", "（", "）", "ㅎ", "\u1112\u1169\u11bc", "\u11bc", "e\u0301", "\u0301", "é", "ß", "Ж", "ω",
        "○", "*", "-", "😀", "\ud83d", "\ude00", "\ufffe", "ﷺ", "ก", "\u3099", "응우옌", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍쌍",
    ];

    private static readonly Gen<string> Texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).Or(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    private static readonly PatientNames[] Settings =
    [
        new(new NameOptions()),
        new(new NameOptions { Style = RomanizationStyle.McCuneReischauer, GivenName = GivenNameForm.Hyphen, WordOrder = WordOrder.FamilyLast }),
        new(new NameOptions { Style = RomanizationStyle.Revised, GivenName = GivenNameForm.Space, WordOrder = WordOrder.AsWritten, RomanizedModalities = ["*"] }),
    ];

    [Fact]
    public void Any_text_makes_a_legal_name_and_its_own_output_stays_as_it_is() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(30), Prop.ForAll(Gen.Zip(Texts, Texts).ToArbitrary(), text =>
        {
            foreach (var names in Settings)
            {
                foreach (var modality in (string[])["CT", "US"])
                {
                    var name = names.Map(text.Item1, text.Item2, modality);
                    AssertLegal(name);
                    Assert.Equivalent(name, names.Map(text.Item1, text.Item2, modality));
                    var again = names.Map(name.ToString(), text.Item2, modality);
                    Assert.Equal(name.ToString(), again.ToString());
                }

                AssertLegalGroup(names.InLatin(text.Item1), isAscii: true);
            }
        }));

    [Fact]
    public void Any_text_that_is_no_name_becomes_printable_ASCII() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Texts.ToArbitrary(), text =>
            Assert.DoesNotContain(LatinText.ToAscii(text), character => character is < ' ' or > '~')));

    [Fact]
    public void A_very_long_text_is_looked_at_no_longer_than_a_name_can_be()
    {
        var name = Settings[0].Map(new string('김', 10_000_000) + "=\u0301");
        Assert.Equal(64, name.Name.Length);
        AssertLegal(name);
    }

    private static void AssertLegal(PatientName name)
    {
        AssertLegalGroup(name.Name, isAscii: false);
        AssertLegalGroup(name.Ideographic, isAscii: false);
        AssertLegalGroup(name.Phonetic, isAscii: false);
        AssertLegalGroup(name.Romanized, isAscii: true);
        Assert.Equal(name.Warnings.Distinct(), name.Warnings);
    }

    // PS3.5 6.2 and Table 6.2-1: 64 characters, five components, no delimiters, no control characters, nothing but whole characters
    private static void AssertLegalGroup(string group, bool isAscii)
    {
        Assert.InRange(group.EnumerateRunes().Count(), 0, 64);
        Assert.InRange(group.Count(character => character == '^'), 0, 4);
        Assert.DoesNotContain(group, character => character is '=' or '\\' or '\ufffd' || char.IsControl(character));
        Assert.DoesNotContain(group.EnumerateRunes(), rune => rune == Rune.ReplacementChar);
        Assert.Equal(group, group.Trim(' ').TrimEnd('^'));
        if (isAscii) Assert.True(Ascii.IsValid(group), group);
    }
}
