using System.Buffers.Binary;

namespace Gantry.Dicom.Tests.Data;

public sealed class DatasetErrorTests
{
    private static readonly TransferSyntax Implicit = TransferSyntax.ImplicitVrLittleEndian;
    private static readonly TransferSyntax Explicit = TransferSyntax.ExplicitVrLittleEndian;

    [Fact]
    public void A_lying_length_is_named_with_its_place()
    {
        var error = Assert.Throws<DicomFormatException>(() => DicomDataset.Read(Hex.Bytes("""
            40 00 00 01  18 00 00 00                 # (0040,0100) SQ, 24 bytes
            FE FF 00 E0  10 00 00 00
            08 00 60 00  FF 00 00 00  4D 52 20 20 20 20 20 20
            """), Implicit));

        Assert.Equal("An element of 255 bytes where 8 remain at byte 16, in (0040,0100)[0].(0008,0060).", error.Message);
        Assert.Equal(16, error.Offset);
        Assert.Equal("(0040,0100)[0].(0008,0060)", error.TagPath);
    }

    [Fact]
    public void A_length_of_4_GB_allocates_nothing()
    {
        var bytes = Hex.Bytes("E0 7F 10 00  FE FF FF FF  00 00");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => DicomDataset.Read(bytes, Implicit));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Theory]
    [InlineData("08 00 60 00 30 31 02 00 4D 52", "No VR")]
    [InlineData("08 00 60 00 43 53 FF FF", "remain")]
    [InlineData("FE FF 0D E0 00 00 00 00", "(fffe,e00d)")]
    [InlineData("08 00 60 00 43 53 02", "header")]
    [InlineData("09 00 01 10 4F 44 00 00 FF FF FF FF", "undefined length")]
    [InlineData("08 00 60 00 43 53 02 00 4D 52 08 00 60 00 43 53 02 00 4D 52", "second time")]
    [InlineData("40 00 00 01 53 51 00 00 FF FF FF FF", "within a sequence")]
    [InlineData("40 00 00 01 53 51 00 00 FF FF FF FF FE FF 00 E0 FF FF FF FF", "within an item")]
    [InlineData("40 00 00 01 53 51 00 00 FF FF FF FF 08 00 60 00 43 53 02 00", "where an item should be")]
    [InlineData("E0 7F 10 00 4F 42 00 00 FF FF FF FF FE FF 00 E0 04 00 00 00", "fragment")]
    public void What_is_wrong_is_said(string hex, string problem) => Assert.Contains(problem,
        Assert.Throws<DicomFormatException>(() => DicomDataset.Read(Hex.Bytes(hex), Explicit)).Message, StringComparison.Ordinal);

    [Fact]
    public void Sequences_may_be_64_deep_and_not_65()
    {
        Assert.Equal(1, DicomDataset.Read(Nested(64), Implicit).Count);
        var error = Assert.Throws<DicomFormatException>(() => DicomDataset.Read(Nested(65), Implicit));
        Assert.StartsWith("Sequences more than 64 deep", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_levels_do_not_overflow_the_stack() =>
        Assert.Throws<DicomFormatException>(() => DicomDataset.Read(Nested(100_000), Implicit));

    [Fact]
    public void Elements_and_items_are_counted()
    {
        var bytes = Enumerable.Range(0, 100).SelectMany(i => Hex.Bytes($"09 00 {i:x2} 10 00 00 00 00")).ToArray();
        Assert.Equal(100, DicomDataset.Read(bytes, Implicit, new DicomReadOptions { MaximumElements = 100 }).Count);
        Assert.Throws<DicomFormatException>(() => DicomDataset.Read(bytes, Implicit,
            new DicomReadOptions { MaximumElements = 99 }));
    }

    [Fact]
    public void A_deflate_bomb_stops_at_the_bound()
    {
        var bomb = new DicomDataset().SetBytes(DicomTags.PixelData, DicomVr.OB, new byte[50_000_000])
            .ToBytes(TransferSyntax.DeflatedExplicitVrLittleEndian);
        Assert.True(bomb.Length < 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DicomFormatException>(() => DicomDataset.Read(
            bomb, TransferSyntax.DeflatedExplicitVrLittleEndian, new DicomReadOptions { MaximumLength = 1_000_000 }));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000_000);
    }

    [Fact]
    public void Errors_hold_no_values()
    {
        var dataset = new DicomDataset().Set(DicomTags.PatientName, "洪^吉洞");
        var error = Assert.Throws<DicomFormatException>(() => dataset.ToBytes(Explicit));
        Assert.Contains("(0010,0010)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("洪", error.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Nested(int depth)
    {
        var bytes = new byte[depth * 16];
        for (var i = 0; i < depth; i++)
        {
            var rest = (depth - i) * 16;
            Hex.Bytes("40 00 00 01").CopyTo(bytes, i * 16);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 16 + 4), rest - 8);
            Hex.Bytes("FE FF 00 E0").CopyTo(bytes, i * 16 + 8);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * 16 + 12), rest - 16);
        }
        return bytes;
    }
}
