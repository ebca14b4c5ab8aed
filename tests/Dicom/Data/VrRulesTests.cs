using System.Text;

namespace Gantry.Dicom.Tests.Data;

/// <summary>PS3.5 Table 6.2-1, value by value.</summary>
public sealed class VrRulesTests
{
    [Theory]
    [InlineData(DicomVr.AE, "ORTHANC MWL")]
    [InlineData(DicomVr.AE, "1234567890123456")]
    [InlineData(DicomVr.AS, "018M")]
    [InlineData(DicomVr.CS, "IN PROGRESS")]
    [InlineData(DicomVr.CS, "A_1")]
    [InlineData(DicomVr.DA, "20240229")]
    [InlineData(DicomVr.DS, "-1.5E+3")]
    [InlineData(DicomVr.DT, "2026")]
    [InlineData(DicomVr.DT, "20261121003000.123456+0900")]
    [InlineData(DicomVr.IS, "-2147483648")]
    [InlineData(DicomVr.LO, "洪吉洞")]
    [InlineData(DicomVr.LT, "one\r\ntwo \\ three")]
    [InlineData(DicomVr.PN, "HONG^GILDONG=洪^吉洞=홍^길동")]
    [InlineData(DicomVr.SH, "ACC-20260105-1A2")]
    [InlineData(DicomVr.SH, "1234567890123𠮷𠮷𠮷")]
    [InlineData(DicomVr.TM, "09")]
    [InlineData(DicomVr.TM, "235960")]
    [InlineData(DicomVr.TM, "070907.0705")]
    [InlineData(DicomVr.UI, "1.2.840.10008.1.1")]
    [InlineData(DicomVr.UR, "https://example.org/a?b=c")]
    [InlineData(DicomVr.US, "65535")]
    [InlineData(DicomVr.AT, "(0010,0010)")]
    [InlineData(DicomVr.SH, "")]
    public void These_are_legal(DicomVr vr, string value)
    {
        Assert.Null(DicomVrRules.Validate(vr, value));
        Assert.Null(DicomVrRules.Validate(vr, Encoding.UTF8.GetBytes(value)));
    }

    [Theory]
    [InlineData(DicomVr.AE, "12345678901234567", "is longer than 16 characters")]
    [InlineData(DicomVr.AE, "A\\B", "has a backslash")]
    [InlineData(DicomVr.AE, "   ", "is only spaces")]
    [InlineData(DicomVr.AE, "AE\n", "has control characters")]
    [InlineData(DicomVr.AS, "18Y", "is not three digits and D, W, M or Y")]
    [InlineData(DicomVr.CS, "Scheduled", "has characters other than A-Z, 0-9, space and _")]
    [InlineData(DicomVr.CS, "ABCDEFGHIJKLMNOPQ", "is longer than 16 characters")]
    [InlineData(DicomVr.DA, "20230229", "is not a date of the form YYYYMMDD")]
    [InlineData(DicomVr.DA, "2023-02-28", "is not a date of the form YYYYMMDD")]
    [InlineData(DicomVr.DA, "2023022", "is not a date of the form YYYYMMDD")]
    [InlineData(DicomVr.DS, "1,5", "is not a decimal number")]
    [InlineData(DicomVr.DS, "NaN", "is not a decimal number")]
    [InlineData(DicomVr.DT, "20261301", "is not of the form YYYYMMDDHHMMSS.FFFFFF&ZZXX")]
    [InlineData(DicomVr.IS, "2147483648", "is not a whole number of 32 bits")]
    [InlineData(DicomVr.IS, "1.0", "is not a whole number of 32 bits")]
    [InlineData(DicomVr.LO, "a\\b", "has a backslash")]
    [InlineData(DicomVr.LO, "a\u001bb", "has control characters")]
    [InlineData(DicomVr.LT, "a\u0000b", "has control characters")]
    [InlineData(DicomVr.PN, "a=b=c=d", "has more than three component groups")]
    [InlineData(DicomVr.PN, "a^b^c^d^e^f", "has more than five components")]
    [InlineData(DicomVr.SH, "ACC-20260105-1A2B", "is longer than 16 characters")]
    [InlineData(DicomVr.TM, "24", "is not a time of the form HHMMSS.FFFFFF")]
    [InlineData(DicomVr.TM, "0960", "is not a time of the form HHMMSS.FFFFFF")]
    [InlineData(DicomVr.TM, "09:30", "is not a time of the form HHMMSS.FFFFFF")]
    [InlineData(DicomVr.TM, "093000.", "is not a time of the form HHMMSS.FFFFFF")]
    [InlineData(DicomVr.UI, "1.02.3", "is not a UID")]
    [InlineData(DicomVr.UR, "a b", "has a space")]
    [InlineData(DicomVr.US, "65536", "is not a number that the VR holds")]
    [InlineData(DicomVr.OB, "00", "is text, which the VR does not hold")]
    public void These_are_not_and_the_reason_is_given(DicomVr vr, string value, string reason) =>
        Assert.Equal(reason, DicomVrRules.Validate(vr, value));

    [Fact]
    public void A_persons_name_may_have_64_characters_in_each_group()
    {
        var group = new string('x', 64);
        Assert.Null(DicomVrRules.Validate(DicomVr.PN, $"{group}={group}={group}"));
        Assert.Equal("has a component group longer than 64 characters", DicomVrRules.Validate(DicomVr.PN, $"a={group}x"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_reason_and_so_is_half_a_character()
    {
        Assert.Equal("is not UTF-8", DicomVrRules.Validate(DicomVr.LO, [0x41, 0xFF]));
        Assert.Equal("has half a character", DicomVrRules.Validate(DicomVr.LO, "a\uD800"));
    }

    [Fact]
    public void What_is_plain_at_a_glance_is_legal()
    {
        var random = new Random(20260105);
        DicomVr[] vrs = [DicomVr.AE, DicomVr.CS, DicomVr.DA, DicomVr.LO, DicomVr.LT, DicomVr.PN, DicomVr.SH, DicomVr.ST, DicomVr.TM, DicomVr.UI];
        var alphabet = "AZaz09 _^=.\\\u001b\u007fÄ"u8;
        var plain = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var value = new byte[random.Next(20)];
            for (var i = 0; i < value.Length; i++) value[i] = alphabet[random.Next(random.Next(2) == 0 ? alphabet.Length : 8)];
            foreach (var vr in vrs)
            {
                if (!DicomVrRules.IsPlain(vr, value)) continue;
                plain++;
                Assert.True(DicomVrRules.Validate(vr, value) is null, $"{vr} {Encoding.Latin1.GetString(value)}");
            }
        }
        Assert.InRange(plain, 1000, int.MaxValue);
        Assert.True(DicomVrRules.IsPlain(DicomVr.DA, "20240229"u8) && DicomVrRules.IsPlain(DicomVr.UI, "1.2.3"u8));
    }

    [Fact]
    public void Checking_a_legal_value_allocates_next_to_nothing()
    {
        var name = "HONG^GILDONG=洪^吉洞=홍^길동"u8;
        DicomVrRules.Validate(DicomVr.PN, name);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            DicomVrRules.Validate(DicomVr.PN, name);
        // Nothing once compiled in full; before that, the runtime boxes a few characters
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 100);
    }
}
