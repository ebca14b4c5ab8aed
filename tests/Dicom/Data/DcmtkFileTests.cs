using FsCheck.Fluent;

namespace Gantry.Dicom.Tests.Data;

/// <summary>DCMTK as the judge: it reads what we write, and we read what it writes.</summary>
public sealed class DcmtkFileTests : IDisposable
{
    private readonly Dcmtk _dcmtk = new();

    public static TheoryData<string, string> Conversions => new()
    {
        { "+ti", TransferSyntax.ImplicitVrLittleEndian.Uid },
        { "+te", TransferSyntax.ExplicitVrLittleEndian.Uid },
        { "+tb", TransferSyntax.ExplicitVrBigEndian.Uid },
        { "+td", TransferSyntax.DeflatedExplicitVrLittleEndian.Uid },
    };

    public void Dispose() => _dcmtk.Dispose();

    [Theory]
    [MemberData(nameof(Conversions))]
    public async Task Dcmtk_reads_what_we_write(string option, string uid)
    {
        _ = option;
        var file = new DicomFile(Example(), TransferSyntax.FromUid(uid));
        await file.SaveAsync(_dcmtk.PathOf("ours.dcm"));

        var dump = _dcmtk.Run("dcmdump", "-q", "+L", "-Un", "ours.dcm");

        Assert.Contains($"(0002,0010) UI [{uid}]", dump, StringComparison.Ordinal);
        Assert.Contains("(0010,0010) PN [DOE^JANE]", dump, StringComparison.Ordinal);
        Assert.Contains("(0028,0010) US 512", dump, StringComparison.Ordinal);
        Assert.Contains("(0018,9073) FD 1.5", dump, StringComparison.Ordinal);
        Assert.Contains("(0028,0009) AT (0018,1063)", dump, StringComparison.Ordinal);
        Assert.Contains("    (0008,0060) CS [MR]", dump, StringComparison.Ordinal);
        Assert.Contains("(7fe0,0010) OW 1234\\abcd", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("error", dump, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Conversions))]
    public async Task We_read_what_dcmtk_writes(string option, string uid)
    {
        await new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian).SaveAsync(_dcmtk.PathOf("ours.dcm"));
        foreach (var lengths in new[] { "+e", "-e" }) // explicit and undefined
        {
            _dcmtk.Run("dcmconv", "+g", lengths, option, "ours.dcm", "theirs.dcm"); // +g: with group lengths

            var read = DicomFile.Open(_dcmtk.PathOf("theirs.dcm"));

            Assert.Equal(uid, read.TransferSyntax.Uid);
            Assert.Equal(ArbitraryDatasets.Print(Example()), ArbitraryDatasets.Print(read.Dataset));
        }
    }

    [Fact]
    public async Task Dcmtk_converts_arbitrary_data_sets_of_ours_between_all_syntaxes_and_we_read_the_same()
    {
        foreach (var dataset in ArbitraryDatasets.Generator.Sample(12, 12))
        {
            // Lengths that no number has are ours alone to tolerate
            foreach (var element in dataset.Where(element => element.Vr != DicomVr.UN).ToArray())
            {
                if (element.Vr.IsBinaryNumber() || element.Vr.IsOther())
                    dataset.SetBytes(element.Tag, element.Vr, element.Value[..(element.Value.Length / 8 * 8)]);
                else if (element.Vr != DicomVr.SQ)
                    dataset.SetBytes(element.Tag, element.Vr, "12"u8.ToArray());
                else
                    dataset.SetItems(element.Tag, new DicomDataset().Set(DicomTags.Modality, "MR"), new DicomDataset());
            }
            dataset.Set(DicomTags.SOPClassUID, SopClassUids.MRImageStorage).Set(DicomTags.SOPInstanceUID, DicomUid.New());
            var expected = ArbitraryDatasets.Print(dataset);
            await new DicomFile(dataset, TransferSyntax.ExplicitVrBigEndian).SaveAsync(_dcmtk.PathOf("0.dcm"));

            var step = 0;
            foreach (var option in new[] { "+te", "+ti", "+td", "+tb", "+te" })
            {
                _dcmtk.Run("dcmconv", "-g", option, $"{step}.dcm", $"{step + 1}.dcm");
                step++;
            }

            Assert.Equal(expected, ArbitraryDatasets.Print(DicomFile.Open(_dcmtk.PathOf($"{step}.dcm")).Dataset));
        }
    }

    [Fact]
    public void Dcmtk_makes_the_same_data_set_from_our_dump()
    {
        using var dump = new StringWriter();
        DicomDump.Write(Example(), dump);
        File.WriteAllText(_dcmtk.PathOf("ours.txt"), dump.ToString());

        _dcmtk.Run("dump2dcm", "-g", "+te", "ours.txt", "theirs.dcm");

        Assert.Equal(ArbitraryDatasets.Print(Example()),
            ArbitraryDatasets.Print(DicomFile.Open(_dcmtk.PathOf("theirs.dcm")).Dataset));
    }

    [Fact]
    public async Task Dcmtk_dumps_as_we_do()
    {
        using var ours = new StringWriter();
        await new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian).SaveAsync(_dcmtk.PathOf("ours.dcm"));
        DicomDump.Write(DicomFile.Open(_dcmtk.PathOf("ours.dcm")).Dataset, ours);

        var theirs = _dcmtk.Run("dcmdump", "-q", "+L", "-Un", "ours.dcm").Split('\n')
            .SkipWhile(line => !line.StartsWith("(0008", StringComparison.Ordinal)).Select(Unaligned);

        Assert.Equal(theirs, ours.ToString().Split('\n').Select(Unaligned));
    }

    [Fact]
    public async Task Encapsulated_pixel_data_go_both_ways()
    {
        var dataset = Example();
        dataset.Remove(DicomTags.PixelData);
        dataset.SetFragments(DicomTags.PixelData, default, new byte[] { 0xFF, 0xD8, 0xFF, 0xD9 }, new byte[] { 1, 2 });
        var jpeg = TransferSyntax.FromUid("1.2.840.10008.1.2.4.50");
        await new DicomFile(dataset, jpeg).SaveAsync(_dcmtk.PathOf("ours.dcm"));

        Assert.Contains("(PixelSequence #=3)", _dcmtk.Run("dcmdump", "-q", "ours.dcm"), StringComparison.Ordinal);
        _dcmtk.Run("dcmconv", "+g", "-e", "ours.dcm", "theirs.dcm");

        var read = DicomFile.Open(_dcmtk.PathOf("theirs.dcm")).Dataset.Find(DicomTags.PixelData)!.Fragments!;
        Assert.Equal(["", "FFD8FFD9", "0102"], read.Select(fragment => Convert.ToHexString(fragment.Span)));
    }

    // Column widths aside
    private static string Unaligned(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static DicomDataset Example() => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192")
        .Set(DicomTags.SOPClassUID, SopClassUids.MRImageStorage)
        .Set(DicomTags.SOPInstanceUID, "2.25.1234567890")
        .Set(DicomTags.AccessionNumber)
        .Set(DicomTags.PatientName, "DOE^JANE")
        .Set(DicomTags.PatientBirthDate, "19650315")
        .Set(DicomTags.ImageType, "ORIGINAL", "PRIMARY")
        .SetNumbers(DicomTags.SliceThickness, 2.5)
        .SetNumbers(DicomTags.AcquisitionDuration, 1.5)
        .SetNumbers(DicomTags.InstanceNumber, 7)
        .Set(DicomTags.FrameIncrementPointer, "(0018,1063)")
        .SetNumbers(DicomTags.Rows, 512)
        .SetNumbers(DicomTags.BitsAllocated, 16)
        .SetNumbers(DicomTags.PixelRepresentation, 1)
        .SetNumbers(DicomTags.SmallestImagePixelValue, -5)
        .SetItems(DicomTags.ScheduledProcedureStepSequence,
            new DicomDataset().Set(DicomTags.Modality, "MR").Set(DicomTags.ScheduledProcedureStepDescription, "Head and neck"))
        .SetItems(DicomTags.RequestAttributesSequence)
        .SetBytes(DicomTags.PixelData, DicomVr.OW, new byte[] { 0x34, 0x12, 0xCD, 0xAB });
}
