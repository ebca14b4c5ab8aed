using System.Diagnostics;

namespace Gantry.Dicom.Tests.Dictionary;

public sealed class DictionaryTests
{
    [Fact]
    public void Patients_name_is_as_the_standard_prints_it()
    {
        var entry = DicomDictionary.Find(new DicomTag(0x0010, 0x0010))!;

        Assert.Equal((DicomTags.PatientName, DicomVr.PN, "1", "PatientName", "Patient's Name", false),
            (entry.Tag, entry.Vr, entry.Vm, entry.Keyword, entry.Name, entry.IsRetired));
        Assert.Equal([DicomVr.PN], entry.Vrs);
    }

    [Fact]
    public void All_of_part_6_is_there()
    {
        Assert.True(DicomDictionary.All.Count() > 4_900);
        Assert.All(DicomDictionary.All, entry =>
        {
            Assert.Equal(entry.Tag, DicomDictionary.FindKeyword(entry.Keyword));
            Assert.Matches("^[1-9][0-9]*(-([1-9][0-9]*|[23]?n))?$", entry.Vm);
            Assert.Matches("^[A-Za-z0-9]+$", entry.Keyword);
        });
    }

    [Theory]
    [InlineData("StudyInstanceUID", "Study Instance UID")]
    [InlineData("PatientMotherBirthName", "Patient's Mother's Birth Name")]
    [InlineData("ReferringPhysicianName", "Referring Physician's Name")]
    [InlineData("OperatorsName", "Operators' Name")]
    [InlineData("DateOfLastCalibration", "Date of Last Calibration")]
    [InlineData("OtherPatientIDs", "Other Patient IDs")]
    [InlineData("OtherPatientIDsSequence", "Other Patient IDs Sequence")]
    [InlineData("PatientID", "Patient ID")]
    [InlineData("SOPClassUID", "SOP Class UID")]
    [InlineData("ScheduledStationAETitle", "Scheduled Station AE Title")]
    public void Names_are_made_of_keywords(string keyword, string name) =>
        Assert.Equal(name, DicomDictionary.Find(DicomDictionary.FindKeyword(keyword)!.Value)!.Name);

    [Fact]
    public void Ambiguous_VRs_list_their_choices()
    {
        Assert.Equal([DicomVr.US, DicomVr.SS], DicomDictionary.Find(DicomTags.SmallestImagePixelValue)!.Vrs);
        Assert.Equal([DicomVr.OB, DicomVr.OW], DicomDictionary.Find(DicomTags.PixelData)!.Vrs);
        Assert.Equal([DicomVr.US, DicomVr.SS, DicomVr.OW], DicomDictionary.Find(DicomTags.LUTData)!.Vrs);
        Assert.Empty(DicomDictionary.Find(DicomTags.Item)!.Vrs);
    }

    [Fact]
    public void Repeating_groups_are_found_by_each_of_their_tags()
    {
        Assert.Equal("OverlayRows", DicomDictionary.Find(new DicomTag(0x6012, 0x0010))!.Keyword);
        Assert.Equal(new DicomTag(0x6012, 0x0010), DicomDictionary.Find(new DicomTag(0x6012, 0x0010))!.Tag);
        Assert.Equal("CurveDimensions", DicomDictionary.Find(new DicomTag(0x501E, 0x0005))!.Keyword);
        Assert.Equal("SourceImageIDs", DicomDictionary.Find(new DicomTag(0x0020, 0x3123))!.Keyword);
        Assert.Null(DicomDictionary.Find(new DicomTag(0x6013, 0x0010)));
    }

    [Fact]
    public void Retired_and_unknown_attributes_are_told_apart()
    {
        Assert.True(DicomDictionary.Find(DicomTags.OtherPatientIDs)!.IsRetired);
        Assert.False(DicomDictionary.Find(DicomTags.PatientID)!.IsRetired);
        Assert.Null(DicomDictionary.Find(new DicomTag(0x0008, 0xFFFF)));
        Assert.Null(DicomDictionary.FindKeyword("NoSuchKeyword"));
        Assert.Equal(DicomVr.UN, DicomDictionary.VrOf(new DicomTag(0x0008, 0xFFFF)));
        Assert.Equal(DicomVr.LO, DicomDictionary.VrOf(new DicomTag(0x0009, 0x0010)));
        Assert.Equal(DicomVr.UL, DicomDictionary.VrOf(new DicomTag(0x0009, 0x0000)));
    }

    [Theory]
    [InlineData("(0010,0010)")]
    [InlineData("0010,0010")]
    [InlineData("00100010")]
    [InlineData(" PatientName ")]
    public void A_tag_is_read_as_people_write_it(string text)
    {
        Assert.True(DicomDictionary.TryParseTag(text, out var tag));
        Assert.Equal(DicomTags.PatientName, tag);
    }

    [Theory]
    [InlineData("")]
    [InlineData("()")]
    [InlineData("0010")]
    [InlineData("001000100")]
    [InlineData("patientname")]
    [InlineData("(0010,001g)")]
    public void Other_text_is_no_tag(string text) => Assert.False(DicomDictionary.TryParseTag(text, out _));

    [Fact]
    public void The_generator_still_writes_what_is_committed()
    {
        var folder = Path.Combine(RepositoryRoot(), "sidecar", "Dicom", "Dictionary");
        var dictionaries = Directory.Exists("/usr/share") ? Directory.GetDirectories("/usr/share", "libdcmtk*") : [];
        var source = dictionaries.Select(directory => Path.Combine(directory, "dicom.dic")).FirstOrDefault(File.Exists);
        Assert.True(source is not null, "dicom.dic is missing: install Debian's dcmtk, as tests/run does.");
        if (!File.ReadAllText(source).Contains("PS 3.6-2022b", StringComparison.Ordinal))
            return; // another edition of the standard than the one committed
        var output = Directory.CreateTempSubdirectory("gantry-dictionary-");
        try
        {
            using var process = Process.Start(Path.Combine(folder, "generate"), [source, output.FullName]);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            foreach (var name in new[] { "DicomTags.g.cs", "DicomDictionaryTable.g.cs" })
                Assert.Equal(File.ReadAllText(Path.Combine(folder, name)), File.ReadAllText(Path.Combine(output.FullName, name)));
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Solution.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("Solution.sln is nowhere above the tests.");
        return folder;
    }
}
