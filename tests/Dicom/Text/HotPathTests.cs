using System.Text;

namespace Gantry.Dicom.Tests.Text;

/// <summary>The ways between UTF-8 and the wire that the worklist takes for each value of each answer.</summary>
public sealed class HotPathTests
{
    [Theory]
    [InlineData("ISO_IR 192", "SMITH^JOHN")]
    [InlineData("ISO_IR 192", "홍^길동")]
    [InlineData("ISO_IR 100", "Äneas^Rüdiger")]
    [InlineData(@"\ISO 2022 IR 149", "HONG^GILDONG=洪^吉洞=홍^길동")]
    [InlineData(@"ISO 2022 IR 13\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう")]
    [InlineData("GBK", "Wang^XiaoDong=王^小东")]
    public void Names_go_both_ways_without_allocation(string terms, string name)
    {
        var set = SpecificCharacterSet.Parse(terms.Split('\\'));
        byte[] utf8 = Encoding.UTF8.GetBytes(name), wire = new byte[512], back = new byte[512];
        void BothWays()
        {
            Assert.True(set.TryEncodeUtf8(utf8, DicomVr.PN, wire, out var length));
            Assert.True(set.TryDecodeToUtf8(wire.AsSpan(0, length), DicomVr.PN, back, out _));
        }

        BothWays();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            BothWays();

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100, "allocated for each value");
    }

    [Theory]
    [InlineData("ISO_IR 192")]
    [InlineData("GB18030")]
    [InlineData(@"\ISO 2022 IR 87")]
    public void A_text_of_a_megabyte_goes_both_ways(string terms)
    {
        var set = SpecificCharacterSet.Parse(terms.Split('\\'));
        var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("山^\r\n", 150_000)));
        byte[] wire = new byte[set.MaxEncodedLength(utf8.Length)], back = new byte[3 * wire.Length];

        Assert.True(set.TryEncodeUtf8(utf8, DicomVr.UT, wire, out var length));
        Assert.True(set.TryDecodeToUtf8(wire.AsSpan(0, length), DicomVr.UT, back, out var read));

        Assert.True(back.AsSpan(0, read).SequenceEqual(utf8));
        Assert.Equal(Encoding.UTF8.GetString(utf8), set.Decode(wire.AsSpan(0, length), DicomVr.UT));
    }

    [Fact]
    public void What_is_not_utf8_is_refused_in_every_set()
    {
        foreach (var term in (string[])["", "ISO_IR 192", "ISO_IR 100", "GB18030"])
            Assert.False(SpecificCharacterSet.Parse(term).TryEncodeUtf8([0x4A, 0xE9, 0x72], DicomVr.PN, new byte[64], out _));
    }
}
