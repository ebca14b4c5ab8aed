namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>A radiologist reads in OHIF, in a real browser, over the viewer's port.</summary>
[Collection(SharedSystem.Name)]
public sealed class ViewerTests(ReadingRoom room) : IClassFixture<ReadingRoom>
{
    [Fact]
    public async Task The_list_shows_name_description_modality_and_number_of_images()
    {
        var ohif = await room.SitDownAsync();

        await ohif.Page.GotoAsync($"{room.Address}/?accession={room["CT"].AccessionNumber}");

        var text = await ohif.RowOf("Synthetic CT study").InnerTextAsync();
        string[] cells = [.. text.Split('\t', '\n').Select(cell => cell.Trim()).Where(cell => cell.Length > 0)];
        Assert.Equal(("PHANTOM, CT", "CT", "Synthetic CT study", $"{room["CT"].Images}"), (cells[0], cells[2], cells[3], cells[4]));
        await ReadingRoom.PhotographAsync(ohif, "viewer-list");
        Assert.Empty(ohif.Complaints);
    }

    [Theory]
    [InlineData("CT")]
    [InlineData("MR")]
    [InlineData("CR")]
    [InlineData("XA")]
    [InlineData("MG")]
    public async Task A_deep_link_opens_a_study_and_its_pixels_are_on_the_screen(string modality)
    {
        var ohif = await room.SitDownAsync();

        await ohif.OpenStudyAsync(room[modality].Uid);
        var shown = await ohif.ShownImageAsync();

        Assert.Equal(room[modality].Uid, shown.StudyUid);
        await ohif.ShowsAsync(await room.ExpectedAsync(shown));
        await ReadingRoom.PhotographAsync(ohif, $"viewer-{modality.ToLowerInvariant()}");
        Assert.Empty(ohif.Complaints);
    }

    [Fact]
    public async Task A_stack_is_scrolled_with_the_wheel()
    {
        var ohif = await room.SitDownAsync();
        await ohif.OpenStudyAsync(room["CT"].Uid);
        var first = await ohif.ShownImageAsync();

        await ohif.ScrollAsync();
        var second = await ohif.ShownImageAsync(otherThan: first.ImageId);

        Assert.NotEqual(first.InstanceUid, second.InstanceUid);
        await ohif.ShowsAsync(await room.ExpectedAsync(second));
    }

    [Fact]
    public async Task A_study_is_opened_from_the_list()
    {
        var ohif = await room.SitDownAsync();
        await ohif.Page.GotoAsync($"{room.Address}/?accession={room["MR"].AccessionNumber}");

        await ohif.RowOf("Synthetic MR study").ClickAsync();
        await ReadingRoom.PhotographAsync(ohif, "viewer-chosen");
        await ohif.OpenChosenAsync();

        Assert.Equal(room["MR"].Uid, (await ohif.ShownImageAsync()).StudyUid);
    }

    [Fact]
    public async Task A_link_made_for_Orthancs_OHIF_plugin_leads_to_the_viewer_with_its_query()
    {
        var ohif = await room.SitDownAsync(signedInAtOrthanc: true);

        await ohif.Page.GotoAsync($"http://localhost:{room.System.Ports.ArchiveWeb}/ohif/viewer?StudyInstanceUIDs={room["CR"].Uid}");

        Assert.Equal(room["CR"].Uid, (await ohif.ShownImageAsync()).StudyUid);
        Assert.Equal($"{room.Address}/viewer?StudyInstanceUIDs={room["CR"].Uid}", ohif.Page.Url);
    }

    [Theory]
    [InlineData("ohif")]
    [InlineData("ohif/")]
    [InlineData("ohif/index.html")]
    public async Task The_bare_address_of_Orthancs_OHIF_plugin_leads_to_the_list_of_studies(string address)
    {
        var ohif = await room.SitDownAsync(signedInAtOrthanc: true);

        await ohif.Page.GotoAsync($"http://localhost:{room.System.Ports.ArchiveWeb}/{address}?modalities=MR");

        await ohif.RowOf("Synthetic MR study").WaitForAsync();
        Assert.Equal($"{room.Address}/?modalities=MR", ohif.Page.Url);
    }

    [Theory]
    [InlineData("gdcmconv --j2k")]
    [InlineData("dcmcjpls")]
    [InlineData("dcmcrle")]
    [InlineData("dcmcjpeg")]
    public async Task An_image_in_JPEG_2000_JPEG_LS_RLE_or_lossless_JPEG_is_decoded_in_the_browser(string compressor)
    {
        var original = (await room.Archive.InstancesAsync(room["CT"].Uid))[0];
        var study = await CompressedCopyAsync(original, compressor);
        var ohif = await room.SitDownAsync();

        await ohif.OpenStudyAsync(study);
        var shown = await ohif.ShownImageAsync();

        await ohif.ShowsAsync(await room.Archive.RenderedByIdAsync(original, frame: 0));
        Assert.Equal(study, shown.StudyUid);
        Assert.Empty(ohif.Complaints);
    }

    /// <summary>Stores a copy of an image under new UIDs, compressed by somebody else's program; the result is its study.</summary>
    private async Task<string> CompressedCopyAsync(string instance, string compressor)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-copy-").FullName;
        try
        {
            var file = Path.Combine(folder, "plain.dcm");
            await File.WriteAllBytesAsync(file, await room.Archive.FileAsync(instance));
            (await Peer.ShellAsync($"cd '{folder}' && dcmodify -nb -gst -gse -gin -m AccessionNumber=COPY plain.dcm && {compressor} plain.dcm packed.dcm")).MustSucceed();
            var copy = Gantry.Dicom.DicomFile.Open(Path.Combine(folder, "packed.dcm"));
            Assert.True(copy.TransferSyntax.IsEncapsulated, $"{compressor} left the pixels uncompressed.");
            await room.Archive.UploadAsync(Path.Combine(folder, "packed.dcm"));
            return copy.Dataset.GetString(Gantry.Dicom.DicomTags.StudyInstanceUID)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
