namespace Gantry.Dicom.Tests.Data;

public sealed class DicomDumpTests
{
    [Fact]
    public void Values_can_be_masked()
    {
        var dataset = new DicomDataset()
            .Set(DicomTags.PatientName, "DOE^JANE").Set(DicomTags.PatientID, "BS000001").Set(DicomTags.Modality, "MR")
            .Set(DicomTags.StudyInstanceUID, "2.25.1").SetNumbers(DicomTags.PatientWeight, 71.5)
            .SetBytes(new DicomTag(9, 0x1001), DicomVr.UN, "SECRET"u8.ToArray())
            .SetItems(DicomTags.OtherPatientIDsSequence, new DicomDataset().Set(DicomTags.PatientID, "SECRET"));

        var dump = Dump(dataset, maskValues: true);

        Assert.Contains("(0010,0010) PN (masked)", dump, StringComparison.Ordinal);
        Assert.Contains("#   8, 1 PatientName", dump, StringComparison.Ordinal);
        Assert.Contains("[MR]", dump, StringComparison.Ordinal);
        Assert.Contains("[2.25.1]", dump, StringComparison.Ordinal);
        foreach (var value in new[] { "DOE", "BS000001", "71.5", "SECRET", Convert.ToHexStringLower("SE"u8) })
            Assert.DoesNotContain(value, dump, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() =>
        Assert.Contains("[a..[31mb]", Dump(new DicomDataset().Set(DicomTags.PatientComments, "a\n\u001b[31mb")),
            StringComparison.Ordinal);

    [Fact]
    public void Undefined_lengths_are_marked()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new DicomDataset().SetItems(DicomTags.RequestAttributesSequence, new DicomDataset())
            .Write(output, TransferSyntax.ImplicitVrLittleEndian, new DicomWriteOptions { UndefinedLengths = true });

        var dump = Dump(DicomDataset.Read(output.WrittenMemory, TransferSyntax.ImplicitVrLittleEndian));

        Assert.Contains("(Sequence with undefined length #=1)     # u/l, 1 RequestAttributesSequence", dump,
            StringComparison.Ordinal);
        Assert.Contains("(Item with undefined length #=0)         # u/l, 1 Item", dump, StringComparison.Ordinal);
    }

    private static string Dump(DicomDataset dataset, bool maskValues = false)
    {
        using var text = new StringWriter();
        DicomDump.Write(dataset, text, maskValues);
        return text.ToString();
    }
}
