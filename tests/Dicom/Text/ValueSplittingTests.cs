namespace Gantry.Dicom.Tests.Text;

public sealed class ValueSplittingTests
{
    [Fact]
    public void A_backslash_as_second_byte_of_gb18030_parts_no_values()
    {
        // 0x815C is one hanzi; the second 0x5C parts
        Assert.Equal(["乗", "A"], SpecificCharacterSet.Parse("GB18030").DecodeValues([0x81, 0x5C, 0x5C, 0x41], DicomVr.LO));
        Assert.Equal(["乗", "A"], SpecificCharacterSet.Parse("GBK").DecodeValues([0x81, 0x5C, 0x5C, 0x41], DicomVr.PN));
    }

    [Fact]
    public void A_backslash_in_a_kanji_parts_no_values()
    {
        var japanese = SpecificCharacterSet.Parse("", "ISO 2022 IR 87");
        byte[] bytes = [0x1B, 0x24, 0x42, 0x25, 0x5C, 0x1B, 0x28, 0x42, 0x5C, 0x1B, 0x24, 0x42, 0x25, 0x5C, 0x1B, 0x28, 0x42];

        Assert.Equal(["ボ", "ボ"], japanese.DecodeValues(bytes, DicomVr.LO));
    }

    [Theory]
    [InlineData(DicomVr.LO, 3)]
    [InlineData(DicomVr.CS, 3)]
    [InlineData(DicomVr.UI, 3)]
    [InlineData(DicomVr.LT, 1)]
    [InlineData(DicomVr.ST, 1)]
    [InlineData(DicomVr.UT, 1)]
    [InlineData(DicomVr.UR, 1)]
    public void Values_are_parted_in_the_vrs_that_have_several(DicomVr vr, int count)
    {
        foreach (var term in (string[])["", "ISO_IR 100", "ISO_IR 192", "GB18030"])
            Assert.Equal(count, SpecificCharacterSet.Parse(term).DecodeValues(@"a\\b"u8, vr).Length);
    }

    [Fact]
    public void A_cs_in_a_gb18030_data_set_is_parted_as_ascii()
    {
        Assert.Equal(2, SpecificCharacterSet.Parse("GB18030").DecodeValues([0x81, 0x5C, 0x41], DicomVr.CS).Length);
    }

    [Fact]
    public void No_bytes_are_one_empty_value() =>
        Assert.Equal([""], SpecificCharacterSet.Utf8.DecodeValues([], DicomVr.LO));
}
