using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Dicom.Tests.Text;

public sealed class PersonNameTests
{
    [Fact]
    public void Three_groups_of_components_are_read()
    {
        var name = PersonName.Parse("HONG^GILDONG^^DR^MD=洪^吉洞=홍^길동");

        Assert.Equal(new ComponentGroup("HONG", "GILDONG", "", "DR", "MD"), name.Alphabetic);
        Assert.Equal(new ComponentGroup("洪", "吉洞"), name.Ideographic);
        Assert.Equal(new ComponentGroup("홍", "길동"), name.Phonetic);
        Assert.Equal("HONG^GILDONG^^DR^MD=洪^吉洞=홍^길동", name.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("^^^^", "")]
    [InlineData("==", "")]
    [InlineData("SMITH", "SMITH")]
    [InlineData("SMITH^", "SMITH")]
    [InlineData("SMITH^JOHN^^^", "SMITH^JOHN")]
    [InlineData("SMITH^JOHN^^^ ", "SMITH^JOHN")]
    [InlineData(" SMITH ^ JOHN \0", "SMITH^JOHN")]
    [InlineData("Wang^XiaoDong=王^小东=", "Wang^XiaoDong=王^小东")]
    [InlineData("=王^小东", "=王^小东")]
    [InlineData("==やまだ", "==やまだ")]
    [InlineData("^JOHN", "^JOHN")]
    [InlineData("A^^^^MD", "A^^^^MD")]
    [InlineData("A^B^C^D^E^", "A^B^C^D^E")]
    public void Trailing_delimiters_and_padding_are_dropped_and_leading_ones_kept(string text, string written) =>
        Assert.Equal(written, PersonName.Parse(text).ToString());

    [Theory]
    [InlineData("A^B^C^D^E^F")]
    [InlineData("A=B=C=D")]
    [InlineData("A=B^C^D^E^F^G")]
    public void More_groups_or_components_than_there_are_is_refused(string text)
    {
        Assert.False(PersonName.TryParse(text, out _));
        var error = Assert.Throws<DicomFormatException>(() => PersonName.Parse(text));
        Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal); // it may be a patient's name
    }

    [Fact]
    public void A_group_has_64_characters_at_most_and_longer_ones_still_read()
    {
        Assert.True(PersonName.Parse($"{new string('A', 31)}^{new string('B', 32)}=山").IsLegal);
        Assert.False(PersonName.Parse($"{new string('A', 32)}^{new string('B', 32)}=山").IsLegal);
        Assert.True(PersonName.Parse(string.Concat(Enumerable.Repeat("𠮷", 64))).IsLegal); // 128 UTF-16 characters
        Assert.False(PersonName.Parse(string.Concat(Enumerable.Repeat("𠮷", 65))).IsLegal);
    }

    [Theory]
    [InlineData("a^b")]
    [InlineData("a=b")]
    [InlineData(@"a\b")]
    [InlineData("a\nb")]
    [InlineData("a\x1B")]
    public void A_component_that_holds_a_delimiter_or_control_character_is_not_legal(string component) =>
        Assert.False(new PersonName(new ComponentGroup(component)).IsLegal);

    [Fact]
    public void Names_are_equal_by_their_components()
    {
        Assert.Equal(PersonName.Parse("A^B^^^"), PersonName.Parse("A^B"));
        Assert.NotEqual(PersonName.Parse("A^B"), PersonName.Parse("A=B"));
        Assert.True(PersonName.Parse(" ^ = ").IsEmpty);
        Assert.Equal(PersonName.Empty, PersonName.Parse("=="));
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_what_was_written_reads_the_same() =>
        Prop.ForAll(
                Gen.Elements("A", "é", "山", "^", "=", " ", "\\", "\0", "\uD800").ListOf().Select(string.Concat).ToArbitrary(),
                text => !PersonName.TryParse(text, out var name) || PersonName.Parse(name.ToString()) == name)
            .QuickCheckThrowOnFailure();
}
