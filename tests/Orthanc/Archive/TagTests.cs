namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class TagTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task Tags_have_names_types_and_items()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        var tags = await _client.Instances.GetTagsAsync(stored.Id);

        Assert.Equal(("PatientName", "MÜLLER^ANNA"), (tags["0010,0010"].Name, tags["0010,0010"].Text));
        var view = Assert.Single(tags["0054,0220"].Items);
        Assert.Equal("R-10242", view["0008,0100"].Text);
        Assert.Empty(tags["0010,0010"].Items);
        Assert.Null(tags["0054,0220"].Text);
    }

    [Fact]
    public async Task Simplified_tags_are_found_by_keyword()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);

        var tags = await _client.Instances.GetSimplifiedTagsAsync(stored.Id);

        Assert.Equal((image.AccessionNumber, "16"), (tags["AccessionNumber"], tags["Rows"]));
        Assert.Equal("cranio-caudal", Assert.Single(tags.Items("ViewCodeSequence"))["CodeMeaning"]);
        Assert.Null(tags["ViewCodeSequence"]);
        Assert.Null(tags["PixelData"]);
        Assert.True(tags.Contains("PixelData"));
        Assert.Null(tags["PatientBirthDate"]);
        Assert.Empty(tags.Items("PatientBirthDate"));
        Assert.Contains("Columns", tags.Keywords);
    }

    [Fact]
    public async Task The_header_tells_the_transfer_syntax()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        Assert.Equal("1.2.840.10008.1.2.1", (await _client.Instances.GetHeaderAsync(stored.Id))["0002,0010"].Text);
    }
}
