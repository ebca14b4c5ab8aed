using System.Text;

namespace Gantry.Dicom.Tests.Data;

public sealed class DatasetValueTests
{
    [Fact]
    public void Absent_and_empty_elements_have_no_value()
    {
        var dataset = new DicomDataset().Set(DicomTags.PatientName).SetItems(DicomTags.RequestAttributesSequence);

        Assert.True(dataset.Contains(DicomTags.PatientName));
        Assert.Null(dataset.GetString(DicomTags.PatientName));
        Assert.Null(dataset.GetString(DicomTags.PatientID));
        Assert.Empty(dataset.GetStrings(DicomTags.PatientName));
        Assert.Null(dataset.GetInt(DicomTags.Rows));
        Assert.Empty(dataset.GetItems(DicomTags.RequestAttributesSequence));
        Assert.True(dataset.GetBytes(DicomTags.PatientID).IsEmpty);
    }

    [Theory]
    [InlineData(DicomVr.AE, " CT1  ", "CT1")]
    [InlineData(DicomVr.CS, "MR\0", "MR")]
    [InlineData(DicomVr.LO, "  two words ", "two words")]
    [InlineData(DicomVr.LT, "  indented  ", "  indented")]
    [InlineData(DicomVr.UT, "a\\b ", "a\\b")]
    [InlineData(DicomVr.UI, "1.2\0", "1.2")]
    [InlineData(DicomVr.SH, "a\\b", "a")]
    [InlineData(DicomVr.SH, "\\b", null)]
    [InlineData(DicomVr.SH, "   ", null)]
    public void Padding_is_taken_away_as_the_VR_says(DicomVr vr, string value, string? expected) =>
        Assert.Equal(expected, Of(vr, value).GetString(Tag));

    [Fact]
    public void Values_are_parted_at_backslashes()
    {
        Assert.Equal(["CT", "MR", ""], Of(DicomVr.CS, "CT\\MR \\").GetStrings(Tag));
        Assert.Equal(["a\\b"], Of(DicomVr.ST, "a\\b").GetStrings(Tag));
        Assert.Equal(["a", "b"], new DicomDataset().Set(DicomTags.ImageType, "a", "b").GetStrings(DicomTags.ImageType));
        Assert.Equal(["a", "b"], new DicomDataset().Set(DicomTags.OtherPatientNames, "a\\b")
            .GetStrings(DicomTags.OtherPatientNames));
    }

    [Fact]
    public void Text_is_encoded_in_the_character_set_of_the_enclosing_data_set_when_it_is_written()
    {
        var item = new DicomDataset().Set(DicomTags.ScheduledPerformingPhysicianName, "홍^길동");
        var dataset = new DicomDataset()
            .SetItems(DicomTags.ScheduledProcedureStepSequence, item)
            .Set(DicomTags.SpecificCharacterSet, "", "ISO 2022 IR 149");

        var read = DicomDataset.Read(dataset.ToBytes(TransferSyntax.ImplicitVrLittleEndian),
            TransferSyntax.ImplicitVrLittleEndian);

        Assert.Equal("홍^길동", read.GetItems(DicomTags.ScheduledProcedureStepSequence)[0]
            .GetString(DicomTags.ScheduledPerformingPhysicianName));
    }

    [Fact]
    public void Transcoding_changes_bytes_and_keeps_text()
    {
        var source = new DicomDataset()
            .Set(DicomTags.SpecificCharacterSet, "ISO_IR 100").Set(DicomTags.PatientName, "MÜLLER^JÖRG")
            .SetItems(DicomTags.RequestAttributesSequence,
                new DicomDataset().Set(DicomTags.RequestedProcedureDescription, "Schädel"));
        var dataset = DicomDataset.Read(source.ToBytes(TransferSyntax.ExplicitVrLittleEndian),
            TransferSyntax.ExplicitVrLittleEndian);

        dataset.Transcode(SpecificCharacterSet.Utf8);

        Assert.Equal("ISO_IR 192", dataset.GetString(DicomTags.SpecificCharacterSet));
        Assert.Equal("MÜLLER^JÖRG ", Encoding.UTF8.GetString(dataset.GetBytes(DicomTags.PatientName).Span));
        var read = DicomDataset.Read(dataset.ToBytes(TransferSyntax.ExplicitVrLittleEndian),
            TransferSyntax.ExplicitVrLittleEndian);
        Assert.Equal("Schädel",
            read.GetItems(DicomTags.RequestAttributesSequence)[0].GetString(DicomTags.RequestedProcedureDescription));
    }

    [Fact]
    public void Copies_between_character_sets_keep_the_text()
    {
        var latin = new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 100").Set(DicomTags.PatientName, "MÜLLER")
            .SetItems(DicomTags.RequestAttributesSequence,
                new DicomDataset().Set(DicomTags.RequestedProcedureDescription, "Schädel"));
        latin = DicomDataset.Read(latin.ToBytes(TransferSyntax.ImplicitVrLittleEndian), TransferSyntax.ImplicitVrLittleEndian);
        var utf8 = new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 192")
            .CopyFrom(latin, DicomTags.PatientName)
            .CopyFrom(latin, DicomTags.RequestAttributesSequence)
            .SetItems(DicomTags.ReferencedStudySequence, latin.GetItems(DicomTags.RequestAttributesSequence));

        utf8 = DicomDataset.Read(utf8.ToBytes(TransferSyntax.ImplicitVrLittleEndian), TransferSyntax.ImplicitVrLittleEndian);

        Assert.Equal("MÜLLER", utf8.GetString(DicomTags.PatientName));
        Assert.Equal("Schädel",
            utf8.GetItems(DicomTags.RequestAttributesSequence)[0].GetString(DicomTags.RequestedProcedureDescription));
        Assert.Equal("Schädel",
            utf8.GetItems(DicomTags.ReferencedStudySequence)[0].GetString(DicomTags.RequestedProcedureDescription));
        Assert.Same(latin, latin.GetItems(DicomTags.RequestAttributesSequence)[0].Parent);
    }

    [Fact]
    public void A_missing_or_unknown_character_set_falls_back_to_the_readers()
    {
        var bytes = Hex.Bytes("10 00 10 00 04 00 00 00 4D DC 4C 4C");
        var options = new DicomReadOptions { FallbackCharacterSet = SpecificCharacterSet.Latin1 };
        Assert.Equal("MÜLL", DicomDataset.Read(bytes, TransferSyntax.ImplicitVrLittleEndian, options)
            .GetString(DicomTags.PatientName));
    }

    [Fact]
    public void Numbers_come_from_every_VR_that_has_them()
    {
        var dataset = new DicomDataset()
            .SetNumbers(DicomTags.Rows, 65535).SetNumbers(DicomTags.InstanceNumber, -3)
            .SetNumbers(DicomTags.SliceThickness, 1.0 / 3)
            .SetNumbers(DicomTags.AcquisitionDuration, 0.5).SetNumbers(DicomTags.PixelSpacing, 0.25, 0.5)
            .Set(DicomTags.FrameIncrementPointer, "(0018,1063)");

        Assert.Equal(65535, dataset.GetInt(DicomTags.Rows));
        Assert.Equal("65535", dataset.GetString(DicomTags.Rows));
        Assert.Equal(-3, dataset.GetInt(DicomTags.InstanceNumber));
        Assert.True(dataset.GetString(DicomTags.SliceThickness)!.Length <= 16);
        Assert.Equal(1.0 / 3, dataset.GetDouble(DicomTags.SliceThickness)!.Value, 12);
        Assert.Null(dataset.GetInt(DicomTags.AcquisitionDuration));
        Assert.Equal([0.25, 0.5], dataset.GetDoubles(DicomTags.PixelSpacing));
        Assert.Equal([new DicomTag(0x0018, 0x1063)], dataset.GetTags(DicomTags.FrameIncrementPointer));
    }

    [Fact]
    public void What_a_VR_cannot_hold_is_refused_by_name_and_without_the_value()
    {
        Assert.Throws<ArgumentException>(() => new DicomDataset().SetNumbers(DicomTags.Rows, 65536));
        Assert.Throws<ArgumentException>(() => new DicomDataset().SetNumbers(DicomTags.InstanceNumber, 1.5));
        Assert.Throws<ArgumentException>(() => new DicomDataset().SetNumbers(DicomTags.SliceThickness, double.NaN));
        Assert.Throws<ArgumentException>(() => new DicomDataset().Set(new DicomTag(9, 0x1001), "x"));
        Assert.Throws<ArgumentException>(() => new DicomDataset().Set(DicomTags.PixelData, "x"));
        var error = Assert.Throws<ArgumentException>(() => new DicomDataset().Set(DicomTags.Modality, "길동"));
        Assert.Contains("(0008,0060)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("길동", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Implicit_VR_settles_signed_numbers_by_Pixel_Representation_and_bytes_by_Bits_Allocated()
    {
        var signed = new DicomDataset().SetNumbers(DicomTags.PixelRepresentation,
            1).SetNumbers(DicomTags.SmallestImagePixelValue, -5)
            .SetNumbers(DicomTags.BitsAllocated, 8).SetBytes(DicomTags.PixelData, DicomVr.OB, new byte[] { 1, 2 });
        signed.SetItems(DicomTags.ModalityLUTSequence, new DicomDataset().SetBytes(DicomTags.LUTDescriptor, DicomVr.SS,
            new byte[6]));
        var implicitly = TransferSyntax.ImplicitVrLittleEndian;

        var read = DicomDataset.Read(signed.ToBytes(implicitly), implicitly);

        Assert.Equal(-5, read.GetInt(DicomTags.SmallestImagePixelValue));
        Assert.Equal(DicomVr.OB, read.Find(DicomTags.PixelData)!.Vr);
        Assert.Equal(DicomVr.SS, read.GetItems(DicomTags.ModalityLUTSequence)[0].Find(DicomTags.LUTDescriptor)!.Vr);
        read.SetNumbers(DicomTags.PixelRepresentation, 0).SetNumbers(DicomTags.BitsAllocated, 16);
        read = DicomDataset.Read(read.ToBytes(implicitly), implicitly);
        Assert.Equal(65531, read.GetInt(DicomTags.SmallestImagePixelValue));
        Assert.Equal(DicomVr.OW, read.Find(DicomTags.PixelData)!.Vr);
    }

    [Fact]
    public void A_data_set_cannot_lie_in_itself()
    {
        var outer = new DicomDataset();
        var inner = new DicomDataset();
        outer.SetItems(DicomTags.RequestAttributesSequence, inner);
        Assert.Throws<ArgumentException>(() => outer.SetItems(DicomTags.RequestAttributesSequence, outer));
        Assert.Throws<ArgumentException>(() => inner.SetItems(DicomTags.RequestAttributesSequence, outer));
    }

    [Fact]
    public void A_clone_outlives_the_bytes_it_was_read_from()
    {
        var bytes = new DicomDataset().Set(DicomTags.PatientID, "BS000001").ToBytes(TransferSyntax.ImplicitVrLittleEndian);
        var clone = DicomDataset.Read(bytes, TransferSyntax.ImplicitVrLittleEndian).Clone();
        Array.Clear(bytes);
        Assert.Equal("BS000001", clone.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Private_blocks_are_reserved_and_found_by_their_creator()
    {
        var dataset = new DicomDataset().Set(new DicomTag(9, 0x10), DicomVr.LO, "SOMEBODY");
        var tag = dataset.ReservePrivate(9, "GANTRY", 0x01);
        dataset.Set(tag, DicomVr.LO, "x");

        Assert.Equal(new DicomTag(9, 0x1101), tag);
        Assert.Equal(tag, dataset.FindPrivate(9, "GANTRY", 0x01));
        Assert.Equal(tag, dataset.ReservePrivate(9, "GANTRY", 0x01));
        Assert.Equal("GANTRY", dataset.PrivateCreatorOf(tag));
        Assert.Null(dataset.FindPrivate(9, "NOBODY", 0x01));
    }

    [Fact]
    public void Elements_stay_in_order_however_they_are_set_and_removed()
    {
        var random = new Random(1);
        var dataset = new DicomDataset();
        var expected = new SortedSet<DicomTag>();
        for (var i = 0; i < 500; i++)
        {
            var tag = new DicomTag(9, (ushort)(0x1000 + random.Next(60)));
            if (random.Next(3) == 0)
                Assert.Equal(expected.Remove(tag), dataset.Remove(tag));
            else if (dataset.Set(tag, DicomVr.LO, "x").Contains(tag))
                expected.Add(tag);
            Assert.Equal(expected, dataset.Select(element => element.Tag));
        }
    }

    private static DicomTag Tag { get; } = new(9, 0x1001);

    private static DicomDataset Of(DicomVr vr, string value) =>
        new DicomDataset().SetBytes(Tag, vr, Encoding.ASCII.GetBytes(value));
}
