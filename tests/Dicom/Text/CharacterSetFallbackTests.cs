using System.Text;

namespace Gantry.Dicom.Tests.Text;

public sealed class CharacterSetFallbackTests
{
    private static readonly SpecificCharacterSet Korean = SpecificCharacterSet.Parse("", "ISO 2022 IR 149");

    [Fact]
    public void Ascii_needs_no_fallback() =>
        Assert.Same(SpecificCharacterSet.Default, CharacterSetFallback.Choose("SMITH^JOHN"u8, DicomVr.PN, null, Korean));

    [Fact]
    public void A_declared_set_that_fits_wins() =>
        Assert.Equal("é", CharacterSetFallback.Decode([0xC3, 0xA9], DicomVr.PN, SpecificCharacterSet.Utf8, SpecificCharacterSet.Latin1));

    [Fact]
    public void The_peers_set_comes_first_where_none_is_declared()
    {
        Assert.Equal("홍^길동", CharacterSetFallback.Decode([0xC8, 0xAB, 0x5E, 0xB1, 0xE6, 0xB5, 0xBF], DicomVr.PN, null, Korean));
        Assert.Equal("홍", CharacterSetFallback.Decode([0xC8, 0xAB], DicomVr.PN, SpecificCharacterSet.Default, Korean));
    }

    [Fact]
    public void Utf8_comes_next_where_the_peers_set_does_not_fit() =>
        Assert.Equal("홍길동", CharacterSetFallback.Decode(Encoding.UTF8.GetBytes("홍길동"), DicomVr.PN, null, Korean));

    [Fact]
    public void Latin_1_comes_last() =>
        Assert.Equal("Jérôme", CharacterSetFallback.Decode([0x4A, 0xE9, 0x72, 0xF4, 0x6D, 0x65], DicomVr.PN, null, null));

    [Fact]
    public void A_declared_utf8_that_is_none_falls_back_too() =>
        Assert.Equal("Jérôme", CharacterSetFallback.Decode(
            [0x4A, 0xE9, 0x72, 0xF4, 0x6D, 0x65], DicomVr.PN, SpecificCharacterSet.Utf8, SpecificCharacterSet.Utf8));
}
