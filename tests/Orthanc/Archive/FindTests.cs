namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class FindTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task A_study_is_found_by_its_accession_number_on_every_level()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);
        await new SyntheticImage().UploadAsync(_client);
        var query = new OrthancFindQuery { Query = new Dictionary<string, string> { ["AccessionNumber"] = image.AccessionNumber }, RequestedTags = ["StudyDate"] };

        Assert.Equal(stored.ParentPatient, Assert.Single(await _client.Tools.FindPatientsAsync(
            new() { Query = new Dictionary<string, string> { ["PatientID"] = image.PatientId } })).Id);
        Assert.Equal(stored.ParentStudy, Assert.Single(await _client.Tools.FindStudiesAsync(query)).Id);
        Assert.Equal(stored.ParentSeries, Assert.Single(await _client.Tools.FindSeriesAsync(query)).Id);
        Assert.Equal(stored.Id, Assert.Single(await _client.Tools.FindInstancesAsync(query)).Id);
        Assert.Equal(stored.ParentStudy, Assert.Single(await _client.Tools.FindIdsAsync(ResourceLevel.Study, query)));
    }

    [Fact]
    public async Task A_limit_ends_the_answers()
    {
        await new SyntheticImage().UploadAsync(_client);
        await new SyntheticImage().UploadAsync(_client);

        Assert.Single(await _client.Tools.FindStudiesAsync(new() { Query = new Dictionary<string, string>(), Limit = 1, CaseSensitive = false }));
    }

    [Fact]
    public async Task A_UID_is_looked_up()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);

        var study = Assert.Single(await _client.Tools.LookupAsync(image.StudyInstanceUid));

        Assert.Equal((stored.ParentStudy, ResourceLevel.Study), (study.Id, study.Type));
        Assert.Empty(await _client.Tools.LookupAsync("1.2.3.4.5.6"));
    }
}
