using System.IO.Compression;

namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class ResourceTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task An_image_is_stored_once_and_found_on_every_level()
    {
        var image = new SyntheticImage();

        var first = await image.UploadAsync(_client);
        var second = await image.UploadAsync(_client);

        Assert.Equal((UploadStatus.Success, UploadStatus.AlreadyStored), (first.Status, second.Status));
        Assert.Equal(first.Id, second.Id);
        var instance = await _client.Instances.GetAsync(first.Id);
        var series = await _client.Series.GetAsync(first.ParentSeries!);
        var study = await _client.Studies.GetAsync(first.ParentStudy!);
        var patient = await _client.Patients.GetAsync(first.ParentPatient!);
        Assert.Equal((image.SopInstanceUid, series.Id), (instance.Tag("SOPInstanceUID"), instance.ParentSeries));
        Assert.Equal((image.SeriesInstanceUid, study.Id, first.Id), (series.Tag("SeriesInstanceUID"), series.ParentStudy, Assert.Single(series.Instances)));
        Assert.Equal((image.AccessionNumber, patient.Id, series.Id), (study.Tag("AccessionNumber"), study.ParentPatient, Assert.Single(study.Series)));
        Assert.Equal("MÜLLER^ANNA", study.PatientMainDicomTags["PatientName"]);
        Assert.Equal((image.PatientId, study.Id), (patient.Tag("PatientID"), Assert.Single(patient.Studies)));
        Assert.True(study.LastUpdate > DateTimeOffset.UnixEpoch);
        Assert.True(instance.FileSize > 512);
    }

    [Fact]
    public async Task What_is_unknown_is_null_or_a_not_found()
    {
        Assert.Null(await _client.Studies.TryGetAsync("nothing"));
        var error = await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.Studies.GetAsync("nothing"));
        Assert.EndsWith("/studies/nothing", error.Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../system")]
    [InlineData("..\\system")]
    public async Task An_id_that_would_lead_elsewhere_is_refused(string id) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _client.Instances.DeleteAsync(id));

    [Fact]
    public async Task Pages_and_ids_tell_the_same()
    {
        for (var i = 0; i < 3; i++)
            await new SyntheticImage().UploadAsync(_client);

        var ids = await _client.Studies.ListIdsAsync();
        var page = await _client.Studies.ListAsync(1, 1);
        var pageIds = await _client.Studies.ListIdsAsync(1, 1);
        var all = new List<string>();
        await foreach (var study in _client.Studies.AllAsync(pageSize: 2))
            all.Add(study.Id);

        Assert.Equal(Assert.Single(page).Id, Assert.Single(pageIds));
        Assert.Equal(ids.Order(), all.Order());
        Assert.NotEmpty(await _client.Patients.ListAsync(0, 1));
        Assert.NotEmpty(await _client.Series.ListAsync(0, 1));
        Assert.NotEmpty(await _client.Instances.ListAsync(0, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _client.Studies.ListAsync(0, 0));
    }

    [Fact]
    public async Task Children_statistics_and_shared_tags_belong_to_the_study()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);
        await image.Next().UploadAsync(_client);

        Assert.Equal(stored.ParentStudy, Assert.Single(await _client.Patients.ListStudiesAsync(stored.ParentPatient!)).Id);
        Assert.Equal(stored.ParentSeries, Assert.Single(await _client.Studies.ListSeriesAsync(stored.ParentStudy!)).Id);
        Assert.Equal(2, (await _client.Studies.ListInstancesAsync(stored.ParentStudy!)).Count);
        Assert.Equal([1, 2], (await _client.Series.ListInstancesAsync(stored.ParentSeries!)).Select(instance => instance.IndexInSeries).Order());
        var statistics = await _client.Studies.GetStatisticsAsync(stored.ParentStudy!);
        Assert.Equal((1, 2), (statistics.CountSeries, statistics.CountInstances));
        Assert.True(statistics.DiskSize > 1000);
        var shared = await _client.Studies.GetSharedTagsAsync(stored.ParentStudy!);
        Assert.Equal(image.AccessionNumber, shared["AccessionNumber"]);
        Assert.False(shared.Contains("SOPInstanceUID"));
    }

    [Fact]
    public async Task Metadata_are_read_and_written()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        await _client.Instances.SetMetadataAsync(stored.Id, "GantryNote", "seen");

        var all = await _client.Instances.GetMetadataAsync(stored.Id);
        Assert.Equal(("seen", "RestApi"), (all["GantryNote"], all["Origin"]));
        Assert.Equal("1.2.840.10008.1.2.1", await _client.Instances.GetMetadataAsync(stored.Id, "TransferSyntax"));
        Assert.Null(await _client.Instances.GetMetadataAsync(stored.Id, "AnonymizedFrom"));
    }

    [Fact]
    public async Task The_file_comes_back_byte_for_byte()
    {
        var image = new SyntheticImage { Rows = 512, Columns = 512 };
        var stored = await image.UploadAsync(_client);
        var sent = (await image.ToStreamAsync()).ToArray();

        await using var file = await _client.Instances.DownloadAsync(stored.Id);
        await using var attachment = await _client.Instances.DownloadAttachmentAsync(stored.Id, "dicom");

        Assert.Equal(("application/dicom", sent.Length), (file.ContentType, (int)file.Length!));
        Assert.EndsWith(".dcm", file.FileName, StringComparison.Ordinal);
        Assert.Equal(sent, await file.ReadAllAsync(sent.Length));
        var copy = new MemoryStream();
        await attachment.Content.CopyToAsync(copy);
        Assert.Equal(sent, copy.ToArray());
        Assert.Contains("dicom", await _client.Instances.ListAttachmentsAsync(stored.Id));
        Assert.Equal(sent.Length, (await _client.Instances.GetAttachmentAsync(stored.Id, "dicom")).UncompressedSize);
    }

    [Fact]
    public async Task An_archive_holds_all_files()
    {
        var image = new SyntheticImage();
        var stored = await image.UploadAsync(_client);
        await image.Next().UploadAsync(_client);

        await using var download = await _client.Studies.DownloadArchiveAsync(stored.ParentStudy!);

        using var zip = new ZipArchive(new MemoryStream(await download.ReadAllAsync(1_000_000)));
        Assert.Equal(2, zip.Entries.Count);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_with_its_empty_ancestors()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        await _client.Instances.DeleteAsync(stored.Id);

        Assert.Null(await _client.Patients.TryGetAsync(stored.ParentPatient!));
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.Instances.DeleteAsync(stored.Id));
    }

    [Fact]
    public async Task What_is_no_DICOM_file_is_refused_in_Orthancs_own_words()
    {
        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.Instances.UploadAsync(new MemoryStream("rubbish"u8.ToArray())));

        Assert.Equal((400, "Bad file format", 15), ((int)error.StatusCode, error.OrthancMessage, error.OrthancStatus));
        Assert.Contains("invalid DICOM file", error.Details, StringComparison.Ordinal);
        Assert.Contains("Bad file format", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_of_unknown_length_is_stored()
    {
        using var stream = await new SyntheticImage { Rows = 512, Columns = 512 }.ToStreamAsync();

        var stored = await _client.Instances.UploadAsync(new OneWayStream(stream));

        Assert.Equal(UploadStatus.Success, stored.Status);
    }

    [Fact]
    public async Task A_failure_of_the_callers_own_stream_stays_his()
    {
        using var stream = await new SyntheticImage { Rows = 512, Columns = 512 }.ToStreamAsync();

        await Assert.ThrowsAsync<EndOfStreamException>(() => _client.Instances.UploadAsync(new OneWayStream(stream) { BreaksAt = 100_000 }));
    }
}
