using System.Text;

namespace Gantry.Dicom.Tests.Text;

public sealed class CharacterSetTermTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("ISO_IR 6", "")]
    [InlineData("ISO 2022 IR 6", "")]
    [InlineData(@"ISO 2022 IR 6\ISO 2022 IR 6", "")]
    [InlineData("ISO_IR 100", "ISO_IR 100")]
    [InlineData("ISO_IR 100 ", "ISO_IR 100")]
    [InlineData("ISO_IR 101\0", "ISO_IR 101")]
    [InlineData("ISO_IR_100", "ISO_IR 100")]
    [InlineData("ISO-IR 100", "ISO_IR 100")]
    [InlineData("ISO IR 192", "ISO_IR 192")]
    [InlineData("iso_ir 192", "ISO_IR 192")]
    [InlineData("ISO2022 IR 100", "ISO_IR 100")]
    [InlineData("gb18030", "GB18030")]
    [InlineData("GBK", "GBK")]
    [InlineData(@"\ISO 2022 IR 149", @"\ISO 2022 IR 149")]
    [InlineData(@"ISO 2022 IR 6\ISO 2022 IR 149", @"\ISO 2022 IR 149")]
    [InlineData("ISO 2022 IR 149", @"\ISO 2022 IR 149")]
    [InlineData("ISO_IR 87", @"\ISO 2022 IR 87")]
    [InlineData(@"ISO_IR 13\ISO_IR 87", @"ISO 2022 IR 13\ISO 2022 IR 87")]
    [InlineData(@"ISO 2022 IR 13\ISO 2022 IR 6\ISO 2022 IR 87", @"ISO 2022 IR 13\ISO 2022 IR 6\ISO 2022 IR 87")]
    [InlineData(@"ISO_IR 100\", "ISO_IR 100")]
    [InlineData(@"ISO_IR 100\ISO_IR 100", "ISO_IR 100")]
    [InlineData(@"\ISO_IR 192", "ISO_IR 192")]
    [InlineData(@"ISO_IR 192\ISO 2022 IR 87", "ISO_IR 192")]
    [InlineData(@"ISO 2022 IR 100\ISO_IR 192\ISO 2022 IR 144", @"ISO 2022 IR 100\ISO 2022 IR 144")]
    public void Spellings_of_the_field_are_read_as_the_standards(string value, string meant)
    {
        var set = SpecificCharacterSet.Parse(Encoding.ASCII.GetBytes(value));

        Assert.Equal(meant, set.ToString());
        Assert.Equal(meant.Length == 0 ? [] : meant.Split('\\'), set.DefinedTerms);
        Assert.Same(set, SpecificCharacterSet.Parse(value.Split('\\')));
    }

    [Theory]
    [InlineData("ISO_IR 999")]
    [InlineData("ISO_IR +100")]
    [InlineData("ISO_IR")]
    [InlineData("LATIN1")]
    [InlineData("ISO_IR 99999999999999")]
    public void An_unknown_term_is_refused_by_its_name(string term)
    {
        var error = Assert.Throws<DicomFormatException>(() => SpecificCharacterSet.Parse("", term));

        Assert.Contains($"'{term}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("(0008,0005)", error.Message, StringComparison.Ordinal);
        Assert.False(SpecificCharacterSet.TryParse([term], out var none));
        Assert.Null(none);
    }

    [Fact]
    public void What_is_shown_of_an_unknown_term_is_short_and_printable()
    {
        var error = Assert.Throws<DicomFormatException>(() => SpecificCharacterSet.Parse("\r\n\x1B" + new string('x', 9999)));

        Assert.Contains($"'???{new string('x', 29)}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_number_of_repeated_terms_is_one_set()
    {
        var many = Enumerable.Repeat("ISO 2022 IR 87", 10_000).Prepend("ISO 2022 IR 13").ToArray();

        Assert.Equal(@"ISO 2022 IR 13\ISO 2022 IR 87", SpecificCharacterSet.Parse(many).ToString());
    }

    [Fact]
    public void Sets_are_equal_by_their_terms()
    {
        Assert.Equal(SpecificCharacterSet.Utf8, SpecificCharacterSet.Parse("iso ir 192"));
        Assert.NotEqual(SpecificCharacterSet.Utf8, SpecificCharacterSet.Latin1);
        Assert.Same(SpecificCharacterSet.Default, SpecificCharacterSet.Parse());
    }
}
