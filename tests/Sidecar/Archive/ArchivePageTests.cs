using Gantry.Dicom;
using Gantry.Sidecar.Tests.Hosting;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

[Collection(WithArchive.Name)]
public sealed class ArchivePageTests(ArchiveHouse house)
{
    [Fact]
    public async Task The_page_shows_steps_counts_and_the_last_studies_with_links_and_needs_no_script()
    {
        var image = new SyntheticImage { More = data => data.Set(DicomTags.StudyDescription, "A <b>bold</b> study") };
        await image.UploadAsync(house.Client);
        var page = await ReadAsync(house.Gateway);
        Assert.Contains($"http://localhost:3000/viewer?StudyInstanceUIDs={image.StudyInstanceUid}", page, StringComparison.Ordinal);
        Assert.Contains("A &lt;b&gt;bold&lt;/b&gt; study", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">C-ECHO</th>", page, StringComparison.Ordinal);
        Assert.Contains(" studies, ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_study_that_came_last_stands_first()
    {
        var (one, two) = (new SyntheticImage(), new SyntheticImage());
        await one.UploadAsync(house.Client);
        await two.UploadAsync(house.Client);
        var page = await ReadAsync(house.Gateway);
        Assert.InRange(page.IndexOf(two.PatientId, StringComparison.Ordinal), 0, page.IndexOf(one.PatientId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_archive_is_away_the_page_says_what_to_do()
    {
        await using var gateway = await RunningGateway.StartAsync("Orthanc:Enabled=true", "Orthanc:Url=http://127.0.0.1:1", "Orthanc:DicomPort=1");
        var page = await ReadAsync(gateway);
        Assert.Contains("class=\"health degraded\"", page, StringComparison.Ordinal);
        Assert.Contains("Check that Orthanc runs", page, StringComparison.Ordinal);
        Assert.Contains("They cannot be listed", page, StringComparison.Ordinal);
    }

    private static Task<string> ReadAsync(RunningGateway gateway) => gateway.Client.GetStringAsync(new Uri("/archive", UriKind.Relative));
}
