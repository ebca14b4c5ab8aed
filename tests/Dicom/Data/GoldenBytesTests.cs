namespace Gantry.Dicom.Tests.Data;

/// <summary>Data sets written by hand from PS3.5 clause 7, read and written both.</summary>
public sealed class GoldenBytesTests
{
    private const string ExplicitLittle = """
        08 00 05 00  43 53  0A 00          # (0008,0005) CS, 10 bytes
        49 53 4F 5F 49 52 20 31 30 30      # ISO_IR 100
        08 00 50 00  53 48  04 00          # (0008,0050) SH, 4 bytes
        34 35 36 37                        # 4567
        10 00 10 00  50 4E  06 00          # (0010,0010) PN, 6 bytes
        44 4F 45 5E 4A 20                  # DOE^J and a space
        28 00 10 00  55 53  02 00  00 02   # (0028,0010) US 512
        40 00 00 01  53 51  00 00          # (0040,0100) SQ, two reserved bytes
        1C 00 00 00                        # 28 bytes
        FE FF 00 E0  14 00 00 00           # an item of 20 bytes
        08 00 60 00  43 53  02 00  4D 52   # (0008,0060) CS MR
        40 00 01 00  41 45  02 00  43 54   # (0040,0001) AE CT
        """;

    private const string ExplicitBig = """
        00 08 00 05  43 53  00 0A
        49 53 4F 5F 49 52 20 31 30 30
        00 08 00 50  53 48  00 04
        34 35 36 37
        00 10 00 10  50 4E  00 06
        44 4F 45 5E 4A 20
        00 28 00 10  55 53  00 02  02 00
        00 40 01 00  53 51  00 00
        00 00 00 1C
        FF FE E0 00  00 00 00 14
        00 08 00 60  43 53  00 02  4D 52
        00 40 00 01  41 45  00 02  43 54
        """;

    private const string ImplicitLittle = """
        08 00 05 00  0A 00 00 00
        49 53 4F 5F 49 52 20 31 30 30
        08 00 50 00  04 00 00 00
        34 35 36 37
        10 00 10 00  06 00 00 00
        44 4F 45 5E 4A 20
        28 00 10 00  02 00 00 00  00 02
        40 00 00 01  1C 00 00 00           # a sequence by the dictionary
        FE FF 00 E0  14 00 00 00
        08 00 60 00  02 00 00 00  4D 52
        40 00 01 00  02 00 00 00  43 54
        """;

    private const string UndefinedLengths = """
        08 00 05 00  43 53  0A 00
        49 53 4F 5F 49 52 20 31 30 30
        08 00 50 00  53 48  04 00
        34 35 36 37
        10 00 10 00  50 4E  06 00
        44 4F 45 5E 4A 20
        28 00 10 00  55 53  02 00  00 02
        40 00 00 01  53 51  00 00
        FF FF FF FF                        # undefined
        FE FF 00 E0  FF FF FF FF           # an item of undefined length
        08 00 60 00  43 53  02 00  4D 52
        40 00 01 00  41 45  02 00  43 54
        FE FF 0D E0  00 00 00 00           # the item's end
        FE FF DD E0  00 00 00 00           # the sequence's end
        """;

    public static TheoryData<string, string> Syntaxes => new()
    {
        { TransferSyntax.ExplicitVrLittleEndian.Uid, ExplicitLittle },
        { TransferSyntax.ExplicitVrBigEndian.Uid, ExplicitBig },
        { TransferSyntax.ImplicitVrLittleEndian.Uid, ImplicitLittle },
    };

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void The_same_data_set_is_read_from_each_syntax(string syntax, string hex)
    {
        var dataset = DicomDataset.Read(Hex.Bytes(hex), TransferSyntax.FromUid(syntax));

        Assert.Equal(5, dataset.Count);
        Assert.Equal("ISO_IR 100", dataset.GetString(DicomTags.SpecificCharacterSet));
        Assert.Equal("4567", dataset.GetString(DicomTags.AccessionNumber));
        Assert.Equal("DOE^J", dataset.GetString(DicomTags.PatientName));
        Assert.Equal(512, dataset.GetInt(DicomTags.Rows));
        var step = Assert.Single(dataset.GetItems(DicomTags.ScheduledProcedureStepSequence));
        Assert.Equal("MR", step.GetString(DicomTags.Modality));
        Assert.Equal("CT", step.GetString(DicomTags.ScheduledStationAETitle));
        Assert.Same(dataset, step.Parent);
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void The_same_data_set_is_written_in_each_syntax(string syntax, string hex) =>
        Assert.Equal(Convert.ToHexString(Hex.Bytes(hex)), Convert.ToHexString(Example().ToBytes(TransferSyntax.FromUid(syntax))));

    [Fact]
    public void Undefined_lengths_are_read()
    {
        var dataset = DicomDataset.Read(Hex.Bytes(UndefinedLengths), TransferSyntax.ExplicitVrLittleEndian);

        Assert.True(dataset.Find(DicomTags.ScheduledProcedureStepSequence)!.HasUndefinedLength);
        Assert.Equal(Convert.ToHexString(Hex.Bytes(ExplicitLittle)),
            Convert.ToHexString(dataset.ToBytes(TransferSyntax.ExplicitVrLittleEndian)));
    }

    [Fact]
    public void Undefined_lengths_are_written_when_asked_for()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Example().Write(output, TransferSyntax.ExplicitVrLittleEndian, new DicomWriteOptions { UndefinedLengths = true });

        Assert.Equal(Convert.ToHexString(Hex.Bytes(UndefinedLengths)), Convert.ToHexString(output.WrittenSpan));
    }

    [Fact]
    public void Group_lengths_are_read_and_dropped_on_writing()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            08 00 00 00  55 4C  04 00  0C 00 00 00   # (0008,0000) UL 12
            08 00 50 00  53 48  04 00  34 35 36 37
            """), TransferSyntax.ExplicitVrLittleEndian);

        Assert.Equal(12, dataset.GetInt(new DicomTag(8, 0)));
        Assert.Equal(12, dataset.ToBytes(TransferSyntax.ExplicitVrLittleEndian).Length);
    }

    [Fact]
    public void Unknown_of_undefined_length_is_an_implicit_little_endian_sequence_even_in_big_endian()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            00 09 10 01  55 4E  00 00  FF FF FF FF   # (0009,1001) UN of undefined length, PS3.5 6.2.2
            FE FF 00 E0  FF FF FF FF                 # little endian from here
            08 00 60 00  02 00 00 00  4D 52          # no VR
            FE FF 0D E0  00 00 00 00
            FE FF DD E0  00 00 00 00
            00 10 00 20  4C 4F  00 02  31 20         # big endian again
            """), TransferSyntax.ExplicitVrBigEndian);

        Assert.Equal("MR", Assert.Single(dataset.GetItems(new DicomTag(9, 0x1001))).GetString(DicomTags.Modality));
        Assert.Equal("1", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Unknown_takes_the_VR_that_the_dictionary_knows()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            08 00 60 00  55 4E  00 00  02 00 00 00  4D 52
            28 00 10 00  55 4E  00 00  02 00 00 00  00 02
            09 00 01 10  55 4E  00 00  02 00 00 00  00 02   # private: stays what it is
            """), TransferSyntax.ExplicitVrLittleEndian);

        Assert.Equal("MR", dataset.GetString(DicomTags.Modality));
        Assert.Equal(512, dataset.GetInt(DicomTags.Rows));
        Assert.Equal(DicomVr.UN, dataset.Find(new DicomTag(9, 0x1001))!.Vr);
    }

    [Fact]
    public void A_VR_of_the_future_is_kept_as_UN()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            09 00 01 10  5A 5A  00 00  02 00 00 00  01 02   # ZZ: the long form, PS3.5 6.2
            10 00 20 00  4C 4F  02 00  31 20
            """), TransferSyntax.ExplicitVrLittleEndian);

        Assert.Equal(DicomVr.UN, dataset.Find(new DicomTag(9, 0x1001))!.Vr);
        Assert.Equal("1", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Encapsulated_pixel_data_are_read_and_written()
    {
        const string hex = """
            E0 7F 10 00  4F 42  00 00  FF FF FF FF   # (7FE0,0010) OB of undefined length
            FE FF 00 E0  04 00 00 00  00 00 00 00    # the basic offset table
            FE FF 00 E0  02 00 00 00  AB CD          # a fragment
            FE FF 00 E0  04 00 00 00  01 02 03 04
            FE FF DD E0  00 00 00 00
            """;
        var jpeg = TransferSyntax.FromUid("1.2.840.10008.1.2.4.50");
        var dataset = DicomDataset.Read(Hex.Bytes(hex), jpeg);

        var fragments = dataset.Find(DicomTags.PixelData)!.Fragments!;
        Assert.Equal([4, 2, 4], fragments.Select(fragment => fragment.Length));
        Assert.Equal(Hex.Bytes(hex), dataset.ToBytes(jpeg));
        var error = Assert.Throws<DicomFormatException>(() => dataset.ToBytes(TransferSyntax.ImplicitVrLittleEndian));
        Assert.Contains("(7fe0,0010)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_too_long_for_16_bits_is_written_as_UN()
    {
        var dataset = new DicomDataset().Set(DicomTags.ImageComments, new string('x', 70_000));

        var bytes = dataset.ToBytes(TransferSyntax.ExplicitVrLittleEndian);

        Assert.Equal(Hex.Bytes("20 00 00 40  55 4E  00 00  70 11 01 00"), bytes[..12]); // UN, 70,000 bytes
        Assert.Equal(70_000, DicomDataset.Read(bytes,
            TransferSyntax.ExplicitVrLittleEndian).GetString(DicomTags.ImageComments)!.Length);
    }

    [Fact]
    public void Odd_lengths_are_accepted_and_made_even_on_writing()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            08 00 18 00  55 49  03 00  31 2E 32      # (0008,0018) UI, 3 bytes
            08 00 50 00  53 48  01 00  34
            """), TransferSyntax.ExplicitVrLittleEndian);

        Assert.Equal(Hex.Bytes("""
            08 00 18 00  55 49  04 00  31 2E 32 00   # padded with NUL
            08 00 50 00  53 48  02 00  34 20         # padded with a space
            """), dataset.ToBytes(TransferSyntax.ExplicitVrLittleEndian));
    }

    [Fact]
    public void Elements_out_of_order_are_put_in_order()
    {
        var dataset = DicomDataset.Read(Hex.Bytes("""
            10 00 20 00  02 00 00 00  31 20
            08 00 60 00  02 00 00 00  4D 52
            """), TransferSyntax.ImplicitVrLittleEndian);

        Assert.Equal([DicomTags.Modality, DicomTags.PatientID], dataset.Select(element => element.Tag));
    }

    private static DicomDataset Example() => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 100")
        .SetItems(DicomTags.ScheduledProcedureStepSequence,
            new DicomDataset().Set(DicomTags.ScheduledStationAETitle, "CT").Set(DicomTags.Modality, "MR"))
        .SetNumbers(DicomTags.Rows, 512)
        .Set(DicomTags.PatientName, "DOE^J")
        .Set(DicomTags.AccessionNumber, "4567");
}
