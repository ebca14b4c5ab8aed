namespace Gantry.Dicom.Tests.Data;

public sealed class DicomFileTests
{
    [Fact]
    public async Task A_file_has_its_meta_information_completed()
    {
        var file = new DicomFile(Example(), TransferSyntax.ImplicitVrLittleEndian);
        file.Meta.Set(DicomTags.SourceApplicationEntityTitle, "MR1");

        var read = DicomFile.Read(await Save(file));

        Assert.Equal(SopClassUids.MRImageStorage, read.Meta.GetString(DicomTags.MediaStorageSOPClassUID));
        Assert.Equal("2.25.1", read.Meta.GetString(DicomTags.MediaStorageSOPInstanceUID));
        Assert.Equal(TransferSyntax.ImplicitVrLittleEndian.Uid, read.Meta.GetString(DicomTags.TransferSyntaxUID));
        Assert.Equal(DicomImplementation.ClassUid, read.Meta.GetString(DicomTags.ImplementationClassUID));
        Assert.Equal("MR1", read.Meta.GetString(DicomTags.SourceApplicationEntityTitle));
        Assert.Equal(TransferSyntax.ImplicitVrLittleEndian, read.TransferSyntax);
        Assert.Equal("4567", read.Dataset.GetString(DicomTags.AccessionNumber));
    }

    [Fact]
    public async Task The_group_length_is_right()
    {
        var bytes = await Save(new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian));

        var length = DicomFile.Read(bytes).Meta.GetInt(DicomTags.FileMetaInformationGroupLength)!.Value;

        Assert.Equal(0x0008, BitConverter.ToUInt16(bytes, 128 + 4 + 12 + length)); // the data set starts there
    }

    [Fact]
    public async Task A_file_without_preamble_is_read()
    {
        var bytes = await Save(new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian));
        Assert.Equal("4567", DicomFile.Read(bytes.AsMemory(132)).Dataset.GetString(DicomTags.AccessionNumber));
    }

    [Fact]
    public async Task Streams_are_read_to_their_end_and_not_beyond_the_bound()
    {
        var bytes = await Save(new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian));
        Assert.Equal("4567", (await DicomFile.ReadAsync(new MemoryStream(bytes))).Dataset.GetString(DicomTags.AccessionNumber));
        var error = await Assert.ThrowsAsync<DicomFormatException>(
            () => DicomFile.ReadAsync(new MemoryStream(bytes), new DicomReadOptions { MaximumLength = bytes.Length - 1 }));
        Assert.Contains("are allowed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_to_a_path_replaces_the_file_whole()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-file-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.dcm");
            await File.WriteAllBytesAsync(path, new byte[100_000]);
            await new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian).SaveAsync(path);
            Assert.Equal("4567", DicomFile.Open(path).Dataset.GetString(DicomTags.AccessionNumber));

            var unwritable = new DicomFile(Example().Set(DicomTags.PatientName, "길동"), TransferSyntax.ExplicitVrLittleEndian);
            await Assert.ThrowsAsync<DicomFormatException>(() => unwritable.SaveAsync(path));
            Assert.Equal("4567", DicomFile.Open(path).Dataset.GetString(DicomTags.AccessionNumber));
            Assert.Equal(["a.dcm"], folder.GetFiles().Select(file => file.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void What_is_no_file_is_said()
    {
        Assert.Contains("DICM is missing", Refusal(new byte[200]), StringComparison.Ordinal);
        Assert.Contains("DICM is missing", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("no transfer syntax", Refusal([.. new byte[128], .. "DICM"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offsets_in_errors_count_from_the_start_of_the_file()
    {
        var bytes = await Save(new DicomFile(Example(), TransferSyntax.ExplicitVrLittleEndian));
        var error = Assert.Throws<DicomFormatException>(() => DicomFile.Read(bytes.AsMemory(0, bytes.Length - 1)));
        Assert.Equal(bytes.Length - 12, error.Offset); // the last element: eight bytes of header, four of value
    }

    [Fact]
    public async Task A_file_needs_its_SOP_instance_UID()
    {
        var error = await Assert.ThrowsAsync<DicomFormatException>(
            () => Save(new DicomFile(new DicomDataset(), TransferSyntax.ExplicitVrLittleEndian)));
        Assert.Contains("SOP Class UID", error.Message, StringComparison.Ordinal);
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<DicomFormatException>(() => DicomFile.Read(bytes)).Message;

    private static async Task<byte[]> Save(DicomFile file)
    {
        using var stream = new MemoryStream();
        await file.SaveAsync(stream);
        return stream.ToArray();
    }

    private static DicomDataset Example() => new DicomDataset()
        .Set(DicomTags.SOPClassUID, SopClassUids.MRImageStorage)
        .Set(DicomTags.SOPInstanceUID, "2.25.1")
        .Set(DicomTags.AccessionNumber, "4567");
}
